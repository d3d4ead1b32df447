//! The words of the interface. Every key that the code uses is named here and nowhere else; the tests hold the two
//! languages to them.

use crate::browser;
use js_sys::{Array, Intl, Number, Object};

/// A text of the interface, by its key in `_locales`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Message(&'static str);

impl Message {
    /// Its key.
    pub(crate) fn key(self) -> &'static str {
        self.0
    }

    /// The text in the user's language.
    pub(crate) fn text(self) -> String {
        browser::message(self.0, &[])
    }

    /// The text with its places `$1`, `$2` … filled.
    pub(crate) fn with(self, values: &[&str]) -> String {
        browser::message(self.0, values)
    }
}

/// A text that counts something: one form for one, another for more, by the grammar of the language.
#[derive(Clone, Copy)]
pub(crate) struct Count {
    one: Message,
    other: Message,
}

impl Count {
    /// The text for a number.
    pub(crate) fn count(self, number: u32) -> String {
        let locale = Array::of1(&LANGUAGE.text().into());
        let rules = Intl::PluralRules::new(&locale, &Object::new());
        let message = if rules.select(f64::from(number)) == "one" { self.one } else { self.other };
        message.with(&[&figure(f64::from(number))])
    }
}

/// A number as the user's language writes it (`1 140`, `1,140`).
pub(crate) fn figure(number: f64) -> String {
    String::from(Number::from(number).to_locale_string(&LANGUAGE.text()))
}

macro_rules! messages {
    ($($name:ident $key:literal)*) => {
        $(pub(crate) const $name: Message = Message($key);)*
        #[cfg(test)]
        const ALL: &[Message] = &[$($name),*];
    };
}

macro_rules! counts {
    ($($name:ident $one:ident $other:ident)*) => {
        $(pub(crate) const $name: Count = Count { one: $one, other: $other };)*
    };
}

messages! {
    LANGUAGE "language"
    PANEL_TITLE "panel_title"
    OPTIONS_PAGE_TITLE "options_page_title"
    OPTIONS_TITLE "options_title"
    POLICY_TITLE "policy_title"
    POLICY_SET "policy_set"
    POLICY_LOCKED "policy_locked"
    LOCK_ORGANISATION "lock_organisation"
    LOCK_SUBSCRIPTIONS "lock_subscriptions"
    LOCK_SITES "lock_sites"
    SET_SUBSCRIPTIONS_ONE "set_subscriptions_one"
    SET_SUBSCRIPTIONS_OTHER "set_subscriptions_other"
    SET_SITES_ONE "set_sites_one"
    SET_SITES_OTHER "set_sites_other"
    POLICY_WANTED "policy_wanted"
    POLICY_ALLOW "policy_allow"
    POLICY_ALLOWED "policy_allowed"
    POLICY_REFUSED "policy_refused"
    POLICY_PROBLEMS_ONE "policy_problems_one"
    POLICY_PROBLEMS_OTHER "policy_problems_other"
    POLICY_PROBLEMS_ABOUT "policy_problems_about"
    LOCKED_HINT "locked_hint"
    OPEN_OPTIONS "open_options"
    SECTIONS "sections"
    FINDINGS_TAB "findings_tab"
    JOURNAL_TAB "journal_tab"
    LOADING "loading"
    NOT_A_PAGE "not_a_page"
    NOT_A_PAGE_ABOUT "not_a_page_about"
    NOT_ENABLED "not_enabled"
    NOT_ENABLED_ABOUT "not_enabled_about"
    NOT_ENABLED_UNKNOWN "not_enabled_unknown"
    ENABLE_SITE "enable_site"
    PERMISSION_REFUSED "permission_refused"
    PERMISSION_FAILED "permission_failed"
    NO_PACK "no_pack"
    NO_PACK_ABOUT "no_pack_about"
    WAITING "waiting"
    WAITING_ABOUT "waiting_about"
    FINDINGS "findings"
    FINDINGS_NONE "findings_none"
    OTHER_MENTIONS "other_mentions"
    OTHER_MENTIONS_ABOUT "other_mentions_about"
    FINDINGS_ONE "findings_one"
    FINDINGS_OTHER "findings_other"
    POSTS_ONE "posts_one"
    POSTS_OTHER "posts_other"
    RISK_HIGH "risk_high"
    RISK_MEDIUM "risk_medium"
    RISK_LOW "risk_low"
    RISK_NONE "risk_none"
    STANCE_ASSERTS "stance_asserts"
    STANCE_ASKS "stance_asks"
    STANCE_DENIES "stance_denies"
    STANCE_QUOTES "stance_quotes"
    STANCE_TESTIFIES "stance_testifies"
    STANCE_JOKES "stance_jokes"
    STANCE_UNCERTAIN "stance_uncertain"
    REPLY "reply"
    SHOW "show"
    WHY "why"
    WHY_WORDS "why_words"
    WHY_WORD "why_word"
    WHY_WORD_FOLDED "why_word_folded"
    WHY_DISTANCE "why_distance"
    DISTANCE_ONE "distance_one"
    DISTANCE_OTHER "distance_other"
    WHY_CUES "why_cues"
    WHY_NO_CUE "why_no_cue"
    WHY_CUE "why_cue"
    CUE_ASSERTION "cue_assertion"
    CUE_QUESTION "cue_question"
    CUE_NEGATION "cue_negation"
    CUE_QUOTATION "cue_quotation"
    CUE_TESTIMONY "cue_testimony"
    CUE_JEST "cue_jest"
    CUE_UNCERTAIN "cue_uncertain"
    WHY_RULE "why_rule"
    WHY_PACK "why_pack"
    CARDS_LOADING "cards_loading"
    CARDS_NONE "cards_none"
    STATUS_EXAMPLE "status_example"
    STATUS_VALIDATED "status_validated"
    CARD_EXPIRES "card_expires"
    VARIANTS "variants"
    LENGTH_SHORT "length_short"
    LENGTH_MEDIUM "length_medium"
    LENGTH_LONG "length_long"
    WITH_LINK "with_link"
    WITHOUT_LINK "without_link"
    CHARACTERS_ONE "characters_one"
    CHARACTERS_OTHER "characters_other"
    PREVIEW "preview"
    INSERT "insert"
    COPY "copy"
    SOURCES "sources"
    SOURCE_CHECKED "source_checked"
    SOURCE_UNCHECKED "source_unchecked"
    NEW_TAB "new_tab"
    INSERTED "inserted"
    INSERTED_NEXT "inserted_next"
    INSERTED_PARAGRAPHS "inserted_paragraphs"
    COPIED "copied"
    COPY_FAILED "copy_failed"
    TEXT_TO_COPY "text_to_copy"
    COPY_TEXT "copy_text"
    REFUSED_EXPIRED "refused_expired"
    MEND_EXPIRED "mend_expired"
    REFUSED_RECALLED "refused_recalled"
    MEND_RECALLED "mend_recalled"
    REFUSED_EXAMPLE "refused_example"
    MEND_EXAMPLE "mend_example"
    REFUSED_NOT_VALIDATED "refused_not_validated"
    MEND_NOT_VALIDATED "mend_not_validated"
    REFUSED_IDENTITY "refused_identity"
    MEND_IDENTITY "mend_identity"
    REFUSED_UNRESOLVED "refused_unresolved"
    MEND_UNRESOLVED "mend_unresolved"
    REFUSED_INDEX_EXPIRED "refused_index_expired"
    MEND_INDEX_EXPIRED "mend_index_expired"
    REFUSED_UNKNOWN "refused_unknown"
    MEND_UNKNOWN "mend_unknown"
    FAILED_NO_COMPOSER "failed_no_composer"
    MEND_NO_COMPOSER "mend_no_composer"
    FAILED_HIDDEN "failed_hidden"
    MEND_HIDDEN "mend_hidden"
    FAILED_READ_ONLY "failed_read_only"
    MEND_READ_ONLY "mend_read_only"
    FAILED_TOO_LONG "failed_too_long"
    MEND_TOO_LONG "mend_too_long"
    FAILED_NO_FOCUS "failed_no_focus"
    MEND_NO_FOCUS "mend_no_focus"
    FAILED_REFUSED "failed_refused"
    MEND_REFUSED "mend_refused"
    FAILED_DIRTY "failed_dirty"
    MEND_DIRTY "mend_dirty"
    FAILED_UNREACHABLE "failed_unreachable"
    MEND_UNREACHABLE "mend_unreachable"
    JOURNAL_TITLE "journal_title"
    JOURNAL_ABOUT "journal_about"
    JOURNAL_EMPTY "journal_empty"
    OUTCOME_INSERTED "outcome_inserted"
    OUTCOME_COPIED "outcome_copied"
    OUTCOME_FAILED "outcome_failed"
    ENTRY_CARD "entry_card"
    EXPORT_CSV "export_csv"
    EXPORTED "exported"
    CLEAR_JOURNAL "clear_journal"
    CLEAR_QUESTION "clear_question"
    ENTRIES_ONE "entries_one"
    ENTRIES_OTHER "entries_other"
    CLEAR_YES "clear_yes"
    CLEAR_NO "clear_no"
    JOURNAL_CLEARED "journal_cleared"
    REPLYING_AS "replying_as"
    IDENTITY_MISSING "identity_missing"
    IDENTITY_FILL "identity_fill"
    IDENTITY_TITLE "identity_title"
    IDENTITY_ABOUT "identity_about"
    FIRST_NAME "first_name"
    LAST_NAME "last_name"
    ROLE "role"
    ROLE_HINT "role_hint"
    ORGANISATION "organisation"
    ORGANISATION_SITE "organisation_site"
    ORGANISATION_SITE_HINT "organisation_site_hint"
    REQUIRED "required"
    SIGNATURE "signature"
    SIGNATURE_INCOMPLETE "signature_incomplete"
    SAVE "save"
    IDENTITY_SAVED "identity_saved"
    SUBSCRIPTIONS_TITLE "subscriptions_title"
    SUBSCRIPTIONS_ABOUT "subscriptions_about"
    SUBSCRIPTIONS_NONE "subscriptions_none"
    SUBSCRIBE_TITLE "subscribe_title"
    SUBSCRIPTION_ADDRESS "subscription_address"
    SUBSCRIPTION_ADDRESS_HINT "subscription_address_hint"
    CHECK "check"
    FETCH_REFUSED "fetch_refused"
    ADDRESS_INVALID "address_invalid"
    OFFER_TITLE "offer_title"
    OFFER_PACKS "offer_packs"
    OFFER_COMPARE "offer_compare"
    FINGERPRINT "fingerprint"
    SUBSCRIBE "subscribe"
    CANCEL "cancel"
    SUBSCRIBED "subscribed"
    UNSUBSCRIBE "unsubscribe"
    SYNC_NOW "sync_now"
    SYNC_DONE "sync_done"
    LAST_CHECK "last_check"
    NEVER_CHECKED "never_checked"
    VALID_UNTIL "valid_until"
    SERIAL "serial"
    LIST_NONE "list_none"
    INDEX_EXPIRED "index_expired"
    NEXT_CHECK "next_check"
    URGENT_LIST "urgent_list"
    URGENT_NONE "urgent_none"
    URGENT_UNTIL "urgent_until"
    URGENT_EXPIRED "urgent_expired"
    RECALLED_CARDS "recalled_cards"
    ROTATED "rotated"
    ROTATED_COMPARE "rotated_compare"
    ROTATED_FROM "rotated_from"
    ROTATED_TO "rotated_to"
    ASK_UPDATES "ask_updates"
    ASK_UPDATES_ABOUT "ask_updates_about"
    ASK_UPDATES_HELD "ask_updates_held"
    HELD_UPDATE "held_update"
    HELD_FACTS "held_facts"
    SEE_CHANGES "see_changes"
    USE_UPDATE "use_update"
    UPDATE_USED "update_used"
    CHANGES_LAST "changes_last"
    CHANGES_HELD "changes_held"
    CHANGES_NEVER "changes_never"
    CHANGES_NONE "changes_none"
    CHANGES_FACTS "changes_facts"
    CHANGES_ADDED "changes_added"
    CHANGES_CHANGED "changes_changed"
    CHANGES_REMOVED "changes_removed"
    CHANGES_ONE "changes_one"
    CHANGES_OTHER "changes_other"
    LEFT_OUT_ONE "left_out_one"
    LEFT_OUT_OTHER "left_out_other"
    OF_PACK "of_pack"
    OF_TOPIC "of_topic"
    OF_CLAIM "of_claim"
    OF_CARD "of_card"
    OF_WORDS "of_words"
    OF_SITE "of_site"
    FIELD_TITLE "field_title"
    FIELD_VERSION "field_version"
    FIELD_STATUS "field_status"
    FIELD_RULE "field_rule"
    FIELD_MUST "field_must"
    FIELD_MUST_NOT "field_must_not"
    FIELD_CONSENSUS "field_consensus"
    FIELD_VALIDATORS "field_validators"
    FIELD_VALIDATED_ON "field_validated_on"
    FIELD_EXPIRES_ON "field_expires_on"
    FIELD_SOURCE "field_source"
    FIELD_WORDS "field_words"
    FIELD_VARIANT "field_variant"
    TEXTS "texts"
    RUN_REMOVED "run_removed"
    RUN_ADDED "run_added"
    RUN_END "run_end"
    PACKS_UPDATED "packs_updated"
    SEE_CHANGED "see_changed"
    UPDATE_WAITS "update_waits"
    SUBSCRIPTION_SET "subscription_set"
    SUBSCRIPTIONS_LOCKED "subscriptions_locked"
    SYNC_UPDATED "sync_updated"
    SYNC_CURRENT "sync_current"
    SYNC_OFFLINE "sync_offline"
    SYNC_REFUSED "sync_refused"
    SYNC_SIGNATURE "sync_signature"
    SYNC_OTHER_KIND "sync_other_kind"
    SYNC_TOO_NEW "sync_too_new"
    SYNC_REDIRECTED "sync_redirected"
    SYNC_MALFORMED "sync_malformed"
    SYNC_TOO_LARGE "sync_too_large"
    SYNC_ROLLBACK "sync_rollback"
    SYNC_TWICE "sync_twice"
    SYNC_NOT_YET "sync_not_yet"
    SYNC_EXPIRED "sync_expired"
    SYNC_HASH "sync_hash"
    SYNC_BAD_PACK "sync_bad_pack"
    PACKS_TITLE "packs_title"
    PACKS_ABOUT "packs_about"
    PACKS_NONE "packs_none"
    CLAIMS_ONE "claims_one"
    CLAIMS_OTHER "claims_other"
    CARDS_ONE "cards_one"
    CARDS_OTHER "cards_other"
    SITES_TITLE "sites_title"
    SITES_ABOUT "sites_about"
    SITES_NONE "sites_none"
    SITE_ADDRESS "site_address"
    SITE_ADDRESS_HINT "site_address_hint"
    SITE_ADD "site_add"
    SITE_ADDED "site_added"
    SITE_REMOVED "site_removed"
    SITES_LOCKED "sites_locked"
    SITE_NOT_SET "site_not_set"
    REMOVE "remove"
    WAY_ADAPTER "way_adapter"
    WAY_LOCAL "way_local"
    WAY_STRUCTURED "way_structured"
    WAY_GENERIC "way_generic"
    WAY_NONE "way_none"
    WAY_ABOUT "way_about"
    ACCOUNT_CONFIRMED "account_confirmed"
    ACCOUNT_UNSEEN "account_unseen"
    ACCOUNT_UNSEEN_NAME "account_unseen_name"
    ACCOUNT_SHOWN "account_shown"
    ACCOUNT_NOT_SHOWN "account_not_shown"
    ACCOUNT_IS_MINE "account_is_mine"
    ACCOUNT_I_CHECKED "account_i_checked"
    ACCOUNT_OTHER "account_other"
    ACCOUNT_OTHER_MEND "account_other_mend"
    ACCOUNTS_TITLE "accounts_title"
    ACCOUNTS_ABOUT "accounts_about"
    ACCOUNT_WITHOUT_NAME "account_without_name"
    ACCOUNT_FORGOTTEN "account_forgotten"
    REFUSED_ACCOUNT_SHOWN "refused_account_shown"
    REFUSED_ACCOUNT "refused_account"
    MEND_ACCOUNT "mend_account"
    REFUSED_OTHER_ACCOUNT "refused_other_account"
    MEND_OTHER_ACCOUNT "mend_other_account"
    FAILED_ACCOUNT "failed_account"
    ROOM "room"
    LINK_HELD "link_held"
    LINK_DEAD "link_dead"
    REFUSED_TOO_LONG "refused_too_long"
    REFUSED_LINKS "refused_links"
    MEND_OTHER_WORDING "mend_other_wording"
    POST_CUT "post_cut"
    FRAME_ABOUT "frame_about"
    FRAME_ENABLE "frame_enable"
    WAY_READ_SELECTION "way_read_selection"
    WAY_LEARNT "way_learnt"
    NOT_A_POST "not_a_post"
    LOCAL_TITLE "local_title"
    LOCAL_ABOUT "local_about"
    LOCAL_EXPORT "local_export"
    LOCAL_FORGOTTEN "local_forgotten"
    NEVER_TITLE "never_title"
    NEVER_ABOUT "never_about"
    NEVER_PUBLISH "never_publish"
    NEVER_HIDE "never_hide"
    NEVER_STORE "never_store"
    NEVER_SEND "never_send"
    NEVER_CRAWL "never_crawl"
    NEVER_UNSOUND "never_unsound"
    VERSION "version"
    TROUBLE_VERSION "trouble_version"
    TROUBLE_PROTOCOL "trouble_protocol"
    TROUBLE_UNREACHABLE "trouble_unreachable"
    TROUBLE_BAD_ADDRESS "trouble_bad_address"
    TROUBLE_OFFLINE "trouble_offline"
    TROUBLE_GONE "trouble_gone"
    TROUBLE_NOTHING_SELECTED "trouble_nothing_selected"
    TROUBLE_NOTHING_LEARNT "trouble_nothing_learnt"
    TROUBLE_LOCKED "trouble_locked"
    TROUBLE_STORAGE "trouble_storage"
    PREVIEW_OPEN "preview_open"
    PREVIEW_LOCKED "preview_locked"
    PIECE_OPEN "piece_open"
    QUESTIONS "questions"
    QUESTIONS_ADAPTED "questions_adapted"
    ADAPT "adapt"
    WORDS "words"
    WORDS_SIGNATURE "words_signature"
    APPROVED "approved"
    DEPARTURES "departures"
    DEPARTURE_ADDED "departure_added"
    DEPARTURE_REMOVED "departure_removed"
    DEPARTURE_REPLACED "departure_replaced"
    DEPARTURE_LOCKED "departure_locked"
    QUOTED "quoted"
    BLANKS "blanks"
    NO_LONGER_APPROVED "no_longer_approved"
    USED_TODAY "used_today"
    USED_ONE "used_one"
    USED_OTHER "used_other"
    USED_ANOTHER "used_another"
    REFUSED_UNANSWERED "refused_unanswered"
    MEND_UNANSWERED "mend_unanswered"
    REFUSED_ANSWER "refused_answer"
    MEND_ANSWER "mend_answer"
    REFUSED_NOT_APPROVED "refused_not_approved"
    MEND_NOT_APPROVED "mend_not_approved"
    REFUSED_PACE_THREAD "refused_pace_thread"
    REFUSED_PACE_SITE "refused_pace_site"
    MEND_PACE "mend_pace"
    REPLIES_ONE "replies_one"
    REPLIES_OTHER "replies_other"
    MINUTES_ONE "minutes_one"
    MINUTES_OTHER "minutes_other"
    HOURS_ONE "hours_one"
    HOURS_OTHER "hours_other"
    DAYS_ONE "days_one"
    DAYS_OTHER "days_other"
    FAILED_OTHER_POST "failed_other_post"
    MEND_OTHER_POST "mend_other_post"
    FAILED_SEVERAL "failed_several"
    MEND_SEVERAL "mend_several"
    ARMED_FOR "armed_for"
    ARMED_OPENER "armed_opener"
    ARMED_OPEN "armed_open"
    ARMED_UNTIL "armed_until"
    ARMED_OTHER_POST "armed_other_post"
    ARMED_TIMED_OUT "armed_timed_out"
    ARMED_DISARMED "armed_disarmed"
    ARMED_AGAIN "armed_again"
    INSERT_THERE "insert_there"
    KEEP_WAITING "keep_waiting"
    CLOSE "close"
    OWN_REPLIES "own_replies"
    OWN_REPLY "own_reply"
    OWN_INSERTED "own_inserted"
    OWN_POSTED "own_posted"
    OWN_EDITED "own_edited"
    OWN_UNKNOWN "own_unknown"
    OWN_GONE "own_gone"
    NEW_BELOW_ONE "new_below_one"
    NEW_BELOW_OTHER "new_below_other"
    OUTCOME_POSTED "outcome_posted"
    OUTCOME_EDITED "outcome_edited"
    OUTCOME_UNKNOWN "outcome_unknown"
    OUTCOME_GONE "outcome_gone"
    ENTRY_CHANGED "entry_changed"
}

counts! {
    FINDINGS_COUNT FINDINGS_ONE FINDINGS_OTHER
    POSTS_COUNT POSTS_ONE POSTS_OTHER
    DISTANCE DISTANCE_ONE DISTANCE_OTHER
    CHARACTERS CHARACTERS_ONE CHARACTERS_OTHER
    ENTRIES_COUNT ENTRIES_ONE ENTRIES_OTHER
    CLAIMS_COUNT CLAIMS_ONE CLAIMS_OTHER
    CARDS_COUNT CARDS_ONE CARDS_OTHER
    USED USED_ONE USED_OTHER
    REPLIES REPLIES_ONE REPLIES_OTHER
    MINUTES MINUTES_ONE MINUTES_OTHER
    HOURS HOURS_ONE HOURS_OTHER
    DAYS DAYS_ONE DAYS_OTHER
    NEW_BELOW NEW_BELOW_ONE NEW_BELOW_OTHER
    CHANGES CHANGES_ONE CHANGES_OTHER
    LEFT_OUT LEFT_OUT_ONE LEFT_OUT_OTHER
    SET_SUBSCRIPTIONS SET_SUBSCRIPTIONS_ONE SET_SUBSCRIPTIONS_OTHER
    SET_SITES SET_SITES_ONE SET_SITES_OTHER
    POLICY_PROBLEMS POLICY_PROBLEMS_ONE POLICY_PROBLEMS_OTHER
}

#[cfg(test)]
mod tests {
    use super::ALL;
    use serde_json::Value;
    use std::collections::{BTreeMap, BTreeSet};

    /// Used by the page's script when the wasm does not start, and so not through this crate.
    const BY_SCRIPT: [&str; 1] = ["start_failed"];

    fn file(name: &str) -> String {
        let path = format!("{}/../../extension/{name}", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"))
    }

    fn locale(language: &str) -> BTreeMap<String, String> {
        let json: BTreeMap<String, Value> =
            serde_json::from_str(&file(&format!("_locales/{language}/messages.json"))).unwrap();
        json.into_iter().map(|(key, value)| (key, value["message"].as_str().unwrap().to_owned())).collect()
    }

    fn keys(locale: &BTreeMap<String, String>) -> BTreeSet<&str> {
        locale.keys().map(String::as_str).collect()
    }

    /// Keys that the manifest names as `__MSG_key__`.
    fn manifest_keys(manifest: &str) -> BTreeSet<&str> {
        manifest.split("__MSG_").skip(1).filter_map(|rest| rest.split("__").next()).collect()
    }

    #[test]
    fn both_languages_have_every_key_that_is_used_and_no_other() {
        let manifest = file("manifest.json");
        let mut used = manifest_keys(&manifest);
        assert!(!used.is_empty(), "the manifest names its texts by key");
        used.extend(ALL.iter().map(|message| message.key()));
        used.extend(BY_SCRIPT);
        for language in ["fr", "en"] {
            let locale = locale(language);
            let missing: Vec<_> = used.difference(&keys(&locale)).copied().collect();
            assert!(missing.is_empty(), "{language} lacks {missing:?}");
            let idle: Vec<_> = keys(&locale).difference(&used).copied().map(str::to_owned).collect();
            assert!(idle.is_empty(), "{language} has texts that nothing uses: {idle:?}");
            assert_eq!(locale["language"], language);
        }
    }

    #[test]
    fn a_key_of_the_scripts_is_used_by_them() {
        let script = file("panel.ts");
        for key in BY_SCRIPT {
            assert!(script.contains(&format!("\"{key}\"")), "panel.ts does not use {key}");
        }
    }

    #[test]
    fn both_languages_fill_the_same_places() {
        let places =
            |text: &str| -> BTreeSet<char> { text.split('$').skip(1).filter_map(|s| s.chars().next()).collect() };
        let (fr, en) = (locale("fr"), locale("en"));
        for (key, text) in &fr {
            assert!(!text.trim().is_empty() && !en[key].trim().is_empty(), "{key} says nothing");
            assert_eq!(places(text), places(&en[key]), "{key}");
        }
    }

    /// A line may not break before a double sign nor inside guillemets.
    #[test]
    fn french_double_signs_have_their_hard_space() {
        for (key, text) in locale("fr") {
            let signs: Vec<char> = text.chars().collect();
            for (at, sign) in signs.iter().enumerate() {
                let before = at.checked_sub(1).map(|at| signs[at]);
                if matches!(sign, ':' | ';' | '!' | '?' | '»') {
                    assert_eq!(before, Some('\u{a0}'), "{key}: {text}");
                }
                if *sign == '«' {
                    assert_eq!(signs.get(at + 1), Some(&'\u{a0}'), "{key}: {text}");
                }
                assert_ne!(*sign, '\'', "{key} has a typewriter apostrophe: {text}");
            }
        }
    }
}
