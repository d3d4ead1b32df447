use futures_util::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use std::pin::pin;

/// What a future gives within so many milliseconds; `None` after that.
pub(crate) async fn within<T>(milliseconds: u32, future: impl Future<Output = T>) -> Option<T> {
    match select(pin!(future), TimeoutFuture::new(milliseconds)).await {
        Either::Left((value, _)) => Some(value),
        Either::Right(_) => None,
    }
}
