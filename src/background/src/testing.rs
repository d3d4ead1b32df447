use futures_util::FutureExt;

/// The value of a future that has nothing to wait for.
pub(crate) fn now_or_never<T>(future: impl Future<Output = T>) -> T {
    future.now_or_never().expect("it waits")
}
