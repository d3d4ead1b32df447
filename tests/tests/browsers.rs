//! The installed extension, in both browsers, on real forum software and on pages made to be hard. Run one after the
//! other, since browsers are heavy: `cargo test -p rejoinder-e2e --test browsers [-- FILTER]`. `dist/` must be built.

// A failed check of what a page shows is an error with all that was seen; a panic would say less.
mod browsers {
    pub(crate) mod accounts;
    pub(crate) mod armed;
    pub(crate) mod attacks;
    pub(crate) mod boundary;
    pub(crate) mod boxes;
    pub(crate) mod corrections;
    pub(crate) mod editors;
    pub(crate) mod follow;
    pub(crate) mod forums;
    pub(crate) mod frames;
    pub(crate) mod hostile;
    pub(crate) mod museum;
    pub(crate) mod policy;
    pub(crate) mod saved;
    pub(crate) mod scene;
    pub(crate) mod sites;
    pub(crate) mod traces;
    pub(crate) mod trust;
    pub(crate) mod wakes;
}

use browsers::scene::{Scene, Test};
use browsers::{
    accounts, armed, attacks, boundary, boxes, corrections, editors, follow, forums, frames, hostile, museum, policy,
    saved, sites, traces, trust, wakes,
};
use libtest_mimic::{Arguments, Conclusion, Failed, Trial};
use rejoinder_e2e::browser::Kind;

/// `name => function` of this file's modules, as a table.
macro_rules! tests {
    ($($module:ident :: $name:ident),* $(,)?) => {
        &[$((concat!(stringify!($module), "::", stringify!($name)), |scene| Box::pin($module::$name(scene)))),*]
    };
}

/// Every test takes a scene: one browser with the extension, an identity, and a subscription to the example pack.
const TESTS: &[(&str, Test)] = tests![
    forums::whole_way_on_flaskbb,
    forums::whole_way_on_spirit,
    forums::whole_way_on_isso,
    saved::every_adapter_reads_its_page,
    boxes::text_box_keeps_its_text_and_undoes_once,
    boxes::editable_box_keeps_its_text_and_undoes_once,
    boxes::too_small_a_box_stays_as_it_was,
    boxes::copying_is_journalled,
    accounts::nothing_is_inserted_under_another_account,
    armed::goes_in_when_the_box_is_opened,
    armed::waits_with_the_managers_words_while_the_worker_is_stopped,
    armed::asks_before_it_goes_to_another_post,
    armed::goes_to_its_own_post_after_another_was_opened,
    armed::is_taken_back,
    armed::waits_for_the_manager_not_for_the_page,
    follow::what_becomes_of_a_reply,
    policy::an_organisation_sets_and_locks,
    boundary::a_taken_over_content_script_gets_nothing,
    sites::nothing_happens_on_a_site_that_is_not_enabled,
    sites::leaving_a_site_leaves_no_trace,
    sites::examples_are_refused_off_this_machine,
    traces::a_page_sees_what_is_painted_only,
    traces::a_discreet_site_sees_nothing,
    trust::tampered_index_is_refused_and_the_last_good_stays,
    trust::tampered_pack_is_refused_and_the_last_good_stays,
    trust::unchanged_packs_are_not_fetched_again,
    trust::expired_card_is_refused,
    trust::recalled_card_is_refused,
    trust::cards_of_an_expired_index_are_refused,
    trust::an_urgent_recall_disarms_a_card_that_waits,
    trust::a_change_of_key_is_followed,
    trust::redirects_are_not_followed,
    attacks::attacks_and_faults_are_met_as_the_engine_meets_them,
    wakes::panel_works_after_the_background_was_stopped,
    wakes::packs_work_offline_after_a_restart,
    wakes::unknown_sites_are_read_on,
    wakes::pages_are_read_before_the_rest_is_there,
    wakes::an_engine_of_other_packs_is_not_used_for_long,
    hostile::strict_page_notices_nothing,
    corrections::the_manager_says_what_is_a_post,
    frames::comments_in_a_frame_can_be_enabled,
    editors::every_editor_takes_a_reply_or_stays_as_it_was,
    museum::every_piece_is_read,
    museum::what_is_no_page_is_left_alone,
];

fn main() {
    let mut arguments = Arguments::from_args();
    // Two browsers at once on a small machine measure the machine.
    arguments.test_threads = Some(1);
    let trials = TESTS
        .iter()
        .flat_map(|&(name, test)| {
            Kind::ALL.map(|kind| {
                let name = format!("{}::{name}", kind.name());
                Trial::test(name.clone(), move || run(&name, kind, test))
            })
        })
        .collect();
    let conclusion: Conclusion = libtest_mimic::run(&arguments, trials);
    conclusion.exit();
}

fn run(name: &str, kind: Kind, test: Test) -> Result<(), Failed> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let outcome = runtime.block_on(async {
        let scene = Scene::new(kind).await?;
        let outcome = test(&scene).await;
        if outcome.is_err() {
            scene.keep_pictures(name).await;
        }
        scene.end().await?;
        outcome
    });
    runtime.shutdown_background();
    outcome.map_err(|error: anyhow::Error| format!("{error:#}").into())
}
