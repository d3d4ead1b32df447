//! The addresses of threads: for every adapter of this repository that knows them, pages of one thread are one, and those
//! of others are others.

use rejoinder_cli::pack::Authored;
use rejoinder_wire::{PageSource, Site};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use url::Url;

/// Of an adapter: addresses that look like the real ones. Those in one list are pages of one thread; each list is another
/// thread. `alone`: addresses that name no thread, each unlike all others; on a feed they are of none.
struct Addresses {
    site: &'static str,
    threads: &'static [&'static [&'static str]],
    alone: &'static [&'static str],
}

const ALL: &[Addresses] = &[
    Addresses {
        site: "phpbb",
        threads: &[
            &[
                "https://f.example/forum/viewtopic.php?f=3&t=12",
                "https://f.example/forum/viewtopic.php?t=12&start=20&sid=0a1b2c",
                "https://www.f.example/forum/viewtopic.php?p=99&t=12#p99",
                "https://f.example/forum/posting.php?mode=reply&f=3&t=12",
            ],
            &["https://f.example/forum/viewtopic.php?f=12&t=3"],
            &["https://f.example/autre/viewtopic.php?f=3&t=12"],
            &["https://f.example/vaccins-t4242.html", "https://f.example/vaccins-t4242-20.html#p7"],
            &["https://f.example/topic42.html", "https://f.example/topic42-10.html"],
        ],
        alone: &["https://f.example/forum/viewtopic.php?p=12", "https://f.example/forum/viewtopic.php?p=13#p13"],
    },
    Addresses {
        site: "quechoisir",
        threads: &[
            &[
                "https://forum.quechoisir.org/sante-t4242.html",
                "https://forum.quechoisir.org/sante-t4242-20.html",
                "https://forum.quechoisir.org/viewtopic.php?f=1&t=4242&start=20",
                "https://forum.quechoisir.org/posting.php?mode=reply&t=4242",
            ],
            &["https://forum.quechoisir.org/sante-t4243.html"],
        ],
        alone: &["https://forum.quechoisir.org/viewtopic.php?p=4242"],
    },
    Addresses {
        site: "xenforo",
        threads: &[
            &[
                "https://x.example/threads/le-vaccin-ror.12/",
                "https://x.example/threads/le-vaccin-ror.12/page-3#post-77",
                "https://x.example/threads/autre-titre.12/reply",
                "https://x.example/threads/12/unread",
                "https://x.example/index.php?threads/le-vaccin-ror.12/page-2",
            ],
            &["https://x.example/threads/le-vaccin-2.0.13/"],
            &["https://x.example/c/threads/le-vaccin-ror.12/"],
        ],
        alone: &["https://x.example/posts/12/", "https://x.example/posts/13/"],
    },
    Addresses {
        site: "discourse",
        threads: &[
            &[
                "https://d.example/t/le-vaccin/12",
                "https://d.example/t/le-vaccin/12/45?u=moi",
                "https://d.example/t/12",
                "https://d.example/t/12/45",
                "https://d.example/t/-/12",
            ],
            &["https://d.example/t/le-vaccin/45", "https://d.example/t/45/12"],
            &["https://d.example/t/2026-et-apres/7/2"],
        ],
        alone: &["https://d.example/p/12", "https://d.example/latest"],
    },
    Addresses {
        site: "flarum",
        threads: &[
            &["https://f.example/d/12-le-vaccin", "https://f.example/d/12-le-vaccin/45", "https://f.example/d/12"],
            &["https://f.example/d/45-le-vaccin"],
        ],
        alone: &["https://f.example/t/sante"],
    },
    Addresses {
        site: "vbulletin",
        threads: &[
            &[
                "https://v.example/showthread.php?t=12",
                "https://v.example/showthread.php?s=ab&t=12&page=3",
                "https://v.example/showthread.php?12-le-vaccin/page3",
                "https://v.example/showthread.php/12-le-vaccin",
                "https://v.example/newreply.php?do=newreply&t=12",
            ],
            &["https://v.example/showthread.php?13-le-vaccin&p=12#post12"],
            &["https://v.example/forum/threads/12-le-vaccin", "https://v.example/forum/threads/12-le-vaccin/page3"],
            &[
                "https://v.example/forum/sante/bebes/12-le-vaccin",
                "https://v.example/forum/sante/bebes/12-le-vaccin/page2",
                "https://v.example/forum/sante/bebes/12-le-vaccin?p=77#post77",
            ],
        ],
        alone: &["https://v.example/showthread.php?p=12", "https://v.example/showthread.php?p=13#post13"],
    },
    Addresses {
        site: "mybb",
        threads: &[
            &["https://m.example/showthread.php?tid=12&page=3", "https://m.example/newreply.php?tid=12&replyto=4"],
            &[
                "https://m.example/thread-13.html",
                "https://m.example/thread-13-page-3.html",
                "https://m.example/thread-13-post-45.html#pid45",
                "https://m.example/thread-13-lastpost.html",
            ],
        ],
        alone: &["https://m.example/showthread.php?pid=12", "https://m.example/showthread.php?pid=13"],
    },
    Addresses {
        site: "invision",
        threads: &[
            &[
                "https://i.example/topic/12-le-vaccin/",
                "https://i.example/topic/12-le-vaccin/page/3/",
                "https://i.example/topic/12-autre-titre/?do=findComment&comment=77",
                "https://i.example/topic/12/?page=2",
                "https://i.example/index.php?/topic/12-le-vaccin/",
                "https://i.example/index.php?showtopic=12&st=20",
            ],
            &["https://i.example/topic/120-le-vaccin/"],
        ],
        alone: &["https://i.example/forum/12-sante/"],
    },
    Addresses {
        site: "smf",
        threads: &[
            &[
                "https://s.example/index.php?topic=9.0",
                "https://s.example/index.php?topic=9.15",
                "https://s.example/index.php?topic=9.msg801#msg801",
                "https://s.example/index.php?PHPSESSID=ab&topic=9.0",
                "https://s.example/index.php?action=post;quote=501;topic=9.0",
                "https://s.example/index.php/topic,9.15.html",
            ],
            &["https://s.example/index.php?topic=90.0"],
            &["https://s.example/forum/index.php?topic=9.0"],
        ],
        alone: &["https://s.example/index.php?msg=9", "https://s.example/index.php?board=9.0"],
    },
    Addresses {
        site: "fluxbb",
        threads: &[
            &["https://f.example/viewtopic.php?id=12", "https://f.example/viewtopic.php?id=12&p=3"],
            &["https://f.example/post.php?tid=13", "https://f.example/viewtopic.php?id=13"],
        ],
        alone: &["https://f.example/viewtopic.php?pid=12#p12", "https://f.example/viewtopic.php?pid=13#p13"],
    },
    Addresses {
        site: "bbpress",
        threads: &[
            &["https://b.example/forums/topic/le-vaccin/", "https://b.example/forums/topic/le-vaccin/page/2/#post-7"],
            &["https://b.example/forums/topic/le-vaccin-2/"],
            &["https://b.example/sujet/le-vaccin/"],
        ],
        alone: &["https://b.example/forums/reply/45/"],
    },
    Addresses {
        site: "nodebb",
        threads: &[
            &["https://n.example/topic/12/le-vaccin", "https://n.example/topic/12/le-vaccin/45?page=2"],
            &["https://n.example/topic/45/le-vaccin"],
        ],
        alone: &["https://n.example/post/12"],
    },
    Addresses {
        site: "vanilla",
        threads: &[
            &[
                "https://v.example/discussion/12/le-vaccin",
                "https://v.example/discussion/12/le-vaccin/p2#Comment_7",
                "https://v.example/index.php?p=/discussion/12/le-vaccin",
            ],
            &["https://v.example/discussion/13/le-vaccin"],
        ],
        alone: &["https://v.example/discussion/comment/12#Comment_12"],
    },
    Addresses {
        site: "woltlab",
        threads: &[
            &["https://w.example/forum/thread/12-le-vaccin/", "https://w.example/forum/thread/12-le-vaccin/?pageNo=2"],
            &["https://w.example/index.php?thread/12-le-vaccin/&postID=7"],
            &["https://w.example/forum/index.php/Thread/13-Le-vaccin/?postID=7#post7"],
        ],
        alone: &["https://w.example/forum/board/12-sante/"],
    },
    Addresses {
        site: "wpforo",
        threads: &[
            &[
                "https://w.example/community/sante/le-vaccin/",
                "https://w.example/community/sante/le-vaccin/paged/2/#post-7",
            ],
            &["https://w.example/community/sante/le-vaccin-2/?foro=reply"],
        ],
        alone: &[],
    },
    Addresses {
        site: "misago",
        threads: &[
            &[
                "https://m.example/t/le-vaccin/12/",
                "https://m.example/t/le-vaccin/12/3/",
                "https://m.example/t/a/12/post/45/",
            ],
            &["https://m.example/t/le-vaccin/3/"],
        ],
        alone: &["https://m.example/c/sante/12/"],
    },
    Addresses {
        site: "flaskbb",
        threads: &[
            &["https://f.example/topic/12-le-vaccin", "https://f.example/topic/12-le-vaccin?page=2#pid45"],
            &["https://f.example/topic/13-le-vaccin"],
        ],
        alone: &["https://f.example/post/12"],
    },
    Addresses {
        site: "spirit",
        threads: &[
            &["https://s.example/topic/12/le-vaccin/", "https://s.example/topic/12/le-vaccin/?page=2#c45"],
            &["https://s.example/topic/13/le-vaccin/"],
        ],
        alone: &["https://s.example/comment/12/find/"],
    },
    Addresses {
        site: "machina",
        threads: &[
            &[
                "https://m.example/forum/sante-3/topic/le-vaccin-12/",
                "https://m.example/forum/sante-3/topic/le-vaccin-12/?page=2#45",
                "https://m.example/forum/sante-3/topic/le-vaccin-12/post/create/",
            ],
            &["https://m.example/forum/sante-3/topic/le-vaccin-13/"],
        ],
        alone: &["https://m.example/forum/sante-12/"],
    },
    Addresses {
        site: "ashley",
        threads: &[
            &[
                "https://a.example/forum/sante-3/topic/le-vaccin-12/",
                "https://a.example/forum/sante-3/topic/le-vaccin-12/?page=2",
            ],
            &["https://a.example/forum/sante-3/topic/le-vaccin-13/"],
        ],
        alone: &[],
    },
    Addresses {
        site: "askbot",
        threads: &[
            &[
                "https://a.example/question/12/le-vaccin/",
                "https://a.example/question/12/le-vaccin/?answer=45#post-id-45",
            ],
            &["https://a.example/question/45/le-vaccin/"],
        ],
        alone: &["https://a.example/questions/"],
    },
    Addresses {
        site: "insided",
        threads: &[
            &[
                "https://i.example/sante-59/le-vaccin-123",
                "https://i.example/sante-59/le-vaccin-123/index2.html",
                "https://i.example/sante-59/le-vaccin-123?postid=7#post7",
            ],
            &["https://i.example/sante-59/le-vaccin-124"],
        ],
        alone: &["https://i.example/sante-59"],
    },
    Addresses {
        site: "doctissimo",
        threads: &[
            &[
                "https://forum.doctissimo.fr/sante/vaccins/le-ror-sujet_150123_1.htm",
                "https://forum.doctissimo.fr/sante/vaccins/le-ror-sujet_150123_7.htm#t45",
            ],
            &["https://forum.doctissimo.fr/sante/vaccins/le-ror-sujet_150124_1.htm"],
            &["https://forum.doctissimo.fr/grossesse-bebe/vaccins/le-ror-sujet_150123_1.htm"],
        ],
        alone: &["https://forum.doctissimo.fr/sante/vaccins/liste_sujet-1.htm"],
    },
    Addresses {
        site: "hardware-fr",
        threads: &[
            &[
                "https://forum.hardware.fr/hfr/Discussions/Sante/le-ror-sujet_12_1.htm",
                "https://forum.hardware.fr/hfr/Discussions/Sante/le-ror-sujet_12_9.htm#t45",
            ],
            &["https://forum.hardware.fr/hfr/Hardware/Divers/le-ror-sujet_12_1.htm"],
            &[
                "https://forum.hardware.fr/forum2.php?config=hfr.inc&cat=13&subcat=2&post=12&page=3&p=1",
                "https://forum.hardware.fr/message.php?config=hfr.inc&cat=13&post=12&numrep=45",
            ],
            &["https://forum.hardware.fr/forum2.php?config=hfr.inc&cat=14&post=12&page=3"],
        ],
        alone: &["https://forum.hardware.fr/hfr/Discussions/Sante/liste_sujet-1.htm"],
    },
    Addresses {
        site: "jeuxvideo",
        threads: &[
            &[
                "https://www.jeuxvideo.com/forums/42-51-70012-1-0-1-0-le-vaccin.htm",
                "https://www.jeuxvideo.com/forums/42-51-70012-3-0-1-0-le-vaccin.htm#post_7",
            ],
            &["https://www.jeuxvideo.com/forums/42-51-70013-1-0-1-0-le-vaccin.htm"],
            &["https://www.jeuxvideo.com/forums/1-51-70012-1-0-1-0-le-vaccin.htm"],
        ],
        alone: &[
            "https://www.jeuxvideo.com/forums/0-51-0-1-0-1-0-blabla.htm",
            "https://www.jeuxvideo.com/forums/message/70012",
        ],
    },
    Addresses {
        site: "youtube",
        threads: &[
            &[
                "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
                "https://www.youtube.com/watch?list=PL1&v=dQw4w9WgXcQ&t=12s&lc=Ugx",
                "https://www.youtube.com/shorts/dQw4w9WgXcQ",
            ],
            &["https://www.youtube.com/watch?v=dQw4w9WgXc_"],
            &["https://www.youtube.com/post/UgkxAbc", "https://www.youtube.com/channel/UC1/community?lb=UgkxAbc"],
        ],
        alone: &["https://www.youtube.com/feed/subscriptions"],
    },
    Addresses {
        site: "x",
        threads: &[
            &[
                "https://x.com/agence/status/1700",
                "https://x.com/agence/status/1700/photo/1",
                "https://x.com/i/web/status/1700?s=20",
            ],
            &["https://x.com/agence/status/17001"],
        ],
        alone: &["https://x.com/home", "https://x.com/agence"],
    },
    Addresses {
        site: "reddit",
        threads: &[
            &[
                "https://www.reddit.com/r/sante/comments/1abcde/le_vaccin/",
                "https://www.reddit.com/r/sante/comments/1abcde/le_vaccin/k2/?context=3",
                "https://www.reddit.com/comments/1abcde",
            ],
            &["https://www.reddit.com/r/sante/comments/1abcdf/le_vaccin/"],
        ],
        alone: &["https://www.reddit.com/r/sante/"],
    },
    Addresses {
        site: "facebook",
        threads: &[
            &[
                "https://www.facebook.com/groups/77/posts/1234/?comment_id=9",
                "https://www.facebook.com/groups/77/permalink/1234/",
                "https://www.facebook.com/agence/posts/1234",
                "https://www.facebook.com/agence/posts/le-vaccin/1234/",
                "https://www.facebook.com/permalink.php?story_fbid=1234&id=77",
            ],
            &[
                "https://www.facebook.com/agence/posts/pfbid0AbC?__cft__=x",
                "https://www.facebook.com/story.php?id=7&story_fbid=pfbid0AbC",
            ],
            &["https://www.facebook.com/photo/?fbid=55&set=a.1", "https://www.facebook.com/photo.php?fbid=55"],
            &[
                "https://www.facebook.com/agence/videos/66/",
                "https://www.facebook.com/watch/?v=66",
                "https://www.facebook.com/reel/66",
            ],
        ],
        alone: &["https://www.facebook.com/", "https://www.facebook.com/agence", "https://www.facebook.com/groups/77/"],
    },
    Addresses {
        site: "instagram",
        threads: &[
            &["https://www.instagram.com/p/C1a_-B/", "https://www.instagram.com/agence/p/C1a_-B/c/17/"],
            &["https://www.instagram.com/reel/C1a_-C/", "https://www.instagram.com/reels/C1a_-C/"],
        ],
        alone: &["https://www.instagram.com/agence/"],
    },
    Addresses {
        site: "threads",
        threads: &[
            &["https://www.threads.com/@agence/post/C1a_-B", "https://www.threads.com/t/C1a_-B?xmt=1"],
            &["https://www.threads.com/@agence/post/C1a_-C"],
        ],
        alone: &["https://www.threads.com/@agence"],
    },
    Addresses {
        site: "tiktok",
        threads: &[
            &[
                "https://www.tiktok.com/@agence/video/7300?is_from_webapp=1",
                "https://www.tiktok.com/@agence/video/7300",
            ],
            &["https://www.tiktok.com/@agence/photo/7301"],
        ],
        alone: &["https://www.tiktok.com/foryou"],
    },
    Addresses {
        site: "linkedin",
        threads: &[
            &[
                "https://www.linkedin.com/feed/update/urn:li:activity:7100/",
                "https://www.linkedin.com/feed/update/urn%3Ali%3Aactivity%3A7100/?commentUrn=x",
                "https://www.linkedin.com/posts/agence_vaccin-sante-activity-7100-AbCd?utm_source=share",
            ],
            &["https://www.linkedin.com/feed/update/urn:li:ugcPost:7100/"],
            &["https://www.linkedin.com/feed/update/urn:li:activity:7101/"],
        ],
        alone: &["https://www.linkedin.com/feed/", "https://www.linkedin.com/company/agence/posts/"],
    },
    Addresses {
        site: "bluesky",
        threads: &[
            &[
                "https://bsky.app/profile/agence.bsky.social/post/3kabc",
                "https://bsky.app/profile/agence.bsky.social/post/3kabc?ref_src=embed",
            ],
            &["https://bsky.app/profile/autre.bsky.social/post/3kabc"],
        ],
        alone: &["https://bsky.app/profile/agence.bsky.social"],
    },
    Addresses {
        site: "mastodon",
        threads: &[
            &[
                "https://m.example/@agence/1100",
                "https://m.example/@agence@autre.example/1100",
                "https://m.example/deck/@agence/1100",
            ],
            &["https://m.example/@agence/1101", "https://m.example/web/statuses/1101"],
        ],
        alone: &["https://m.example/home", "https://m.example/@agence"],
    },
    Addresses {
        site: "lemmy",
        threads: &[
            &["https://l.example/post/12", "https://l.example/post/12?scrollToComments=true"],
            &["https://l.example/post/13"],
        ],
        alone: &["https://l.example/comment/12"],
    },
    Addresses {
        site: "stack-exchange",
        threads: &[
            &[
                "https://health.stackexchange.com/questions/12/le-vaccin",
                "https://health.stackexchange.com/questions/12/le-vaccin/45?page=2#45",
                "https://health.stackexchange.com/q/12/7",
            ],
            &["https://health.stackexchange.com/questions/45/le-vaccin"],
            &["https://stackoverflow.com/questions/12/le-vaccin"],
        ],
        alone: &["https://health.stackexchange.com/a/12"],
    },
    Addresses {
        site: "quora",
        threads: &[
            &[
                "https://fr.quora.com/Le-vaccin-protege-t-il",
                "https://fr.quora.com/Le-vaccin-protege-t-il/answer/Jeanne-Martin",
                "https://fr.quora.com/unanswered/Le-vaccin-protege-t-il",
            ],
            &["https://fr.quora.com/Le-vaccin-protege-t-il-1"],
        ],
        alone: &["https://fr.quora.com/profile/Jeanne-Martin"],
    },
    Addresses {
        site: "gamefaqs",
        threads: &[
            &[
                "https://gamefaqs.gamespot.com/boards/7-sante/80012",
                "https://gamefaqs.gamespot.com/boards/7-sante/80012?page=2",
            ],
            &["https://gamefaqs.gamespot.com/boards/7-sante/80013"],
        ],
        alone: &["https://gamefaqs.gamespot.com/boards/7-sante"],
    },
    Addresses {
        site: "mumsnet",
        threads: &[
            &[
                "https://www.mumsnet.com/talk/vaccinations/501234-the-mmr",
                "https://www.mumsnet.com/talk/vaccinations/501234-the-mmr?page=2&reply=7",
                "https://www.mumsnet.com/Talk/vaccinations/a501234-the-mmr",
            ],
            &["https://www.mumsnet.com/talk/vaccinations/501235-the-mmr"],
        ],
        alone: &["https://www.mumsnet.com/talk/vaccinations"],
    },
    Addresses {
        site: "slashdot",
        threads: &[
            &[
                "https://science.slashdot.org/story/26/06/01/0312/the-vaccine",
                "https://science.slashdot.org/story/26/06/01/0312/a#comments",
            ],
            &["https://slashdot.org/comments.pl?sid=234&cid=7", "https://slashdot.org/comments.pl?cid=8&sid=234"],
            &["https://slashdot.org/comments.pl?sid=235"],
        ],
        alone: &["https://slashdot.org/"],
    },
    Addresses {
        site: "tripadvisor",
        threads: &[
            &[
                "https://www.tripadvisor.fr/ShowTopic-g187147-i14-k14123-Vaccins-Paris.html",
                "https://www.tripadvisor.fr/ShowTopic-g187147-i14-k14123-o10-Vaccins-Paris.html#7",
            ],
            &["https://www.tripadvisor.fr/ShowTopic-g187147-i14-k14124-Vaccins-Paris.html"],
        ],
        alone: &["https://www.tripadvisor.fr/ShowForum-g187147-i14-Paris.html"],
    },
    Addresses {
        site: "trustpilot",
        threads: &[
            &[
                "https://fr.trustpilot.com/review/agence.example",
                "https://fr.trustpilot.com/review/agence.example?page=2&stars=1",
            ],
            &["https://fr.trustpilot.com/review/autre.example"],
            &["https://fr.trustpilot.com/reviews/64a1"],
        ],
        alone: &["https://fr.trustpilot.com/categories/health"],
    },
    Addresses {
        site: "google-reviews",
        threads: &[
            &[
                "https://www.google.com/maps/place/A/@48.8,2.3,17z/data=!3m1!4b1!4m6!3m5!1s0x47e6:0x1a2b!8m2",
                "https://www.google.com/maps/place/A/@48.9,2.4,12z/data=!4m8!3m7!1s0x47e6:0x1a2b!9m1!1b1",
            ],
            &["https://www.google.com/maps/place/B/@48.8,2.3,17z/data=!4m6!3m5!1s0x47e6:0x1a2c"],
        ],
        alone: &["https://www.google.com/maps/"],
    },
    Addresses {
        site: "disqus",
        threads: &[
            &[
                "https://disqus.com/embed/comments/?base=default&f=journal&t_i=12&t_u=https%3A%2F%2Fj.example%2Fa&s_o=default",
                "https://disqus.com/embed/comments/?base=default&f=journal&t_i=12&t_u=https%3A%2F%2Fj.example%2Fa%3Fb",
            ],
            &["https://disqus.com/embed/comments/?f=journal&t_i=13"],
            &["https://disqus.com/embed/comments/?f=journal&t_u=https%3A%2F%2Fj.example%2Fc&v=1"],
            &["https://disqus.com/embed/comments/?f=autre&t_i=12"],
        ],
        alone: &[],
    },
];

fn sites() -> BTreeMap<String, Site> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let authored = Authored::read(&root.join("rules/packs/vaccination"));
    assert_eq!(authored.errors(), 0, "{}", authored.render(false));
    authored.pack().sites.iter().map(|site| (site.id.clone(), site.clone())).collect()
}

#[test]
fn pages_of_one_thread_are_one_and_others_are_others() {
    let sites = sites();
    let mut wrong = Vec::new();
    for Addresses { site: id, threads, alone } in ALL {
        let site = &sites[*id];
        let key = |address: &str| rejoinder_engine::thread(&Url::parse(address).expect(address), Some(site));
        let mut seen: BTreeMap<String, &str> = BTreeMap::new();
        for pages in *threads {
            let keys: BTreeSet<Option<String>> = pages.iter().map(|page| key(page)).collect();
            match (keys.len(), keys.first()) {
                (1, Some(Some(key))) => {
                    if let Some(other) = seen.insert(key.clone(), pages[0]) {
                        wrong.push(format!("{id}: {other} and {} are one: {key}", pages[0]));
                    }
                }
                _ => wrong.push(format!("{id}: {} is not one: {keys:?}", pages[0])),
            }
        }
        for address in *alone {
            match key(address) {
                Some(key) => {
                    if site.source == PageSource::Feed {
                        wrong.push(format!("{id}: {address} is of a thread: {key}"));
                    }
                    if let Some(other) = seen.insert(key.clone(), address) {
                        wrong.push(format!("{id}: {other} and {address} are one: {key}"));
                    }
                }
                None if site.source == PageSource::Feed => {}
                None => wrong.push(format!("{id}: {address} is of none")),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_pattern_is_tried() {
    for (id, site) in sites() {
        let tried = ALL.iter().find(|a| a.site == id);
        assert_eq!(tried.is_some(), !site.thread.is_empty(), "{id}");
        let addresses: Vec<&str> = tried.into_iter().flat_map(|a| a.threads.concat()).collect();
        for pattern in &site.thread {
            let alone = Site { thread: vec![pattern.clone()], source: PageSource::Feed, ..Site::default() };
            let matches = |a: &&str| rejoinder_engine::thread(&Url::parse(a).expect(a), Some(&alone)).is_some();
            assert!(addresses.iter().any(matches), "{id}: no address for {pattern}");
        }
    }
}
