"""FlaskBB on SQLite: `flaskbb_site.py THREAD.json` fills the database in the current folder; gunicorn serves
`flaskbb_site:app` from there. Everything but paths and keys is FlaskBB's default."""

import collections
import collections.abc
import json
import os
import sys

# FlaskBB 2 asks `collections` for names that Python keeps in `collections.abc` only, since 3.10.
for name in collections.abc.__all__:
    if not hasattr(collections, name):
        setattr(collections, name, getattr(collections.abc, name))

from flaskbb import create_app  # noqa: E402
from flaskbb.configs.default import DefaultConfig  # noqa: E402


class Config(DefaultConfig):
    SQLALCHEMY_DATABASE_URI = "sqlite:///" + os.path.join(os.getcwd(), "flaskbb.sqlite")
    WHOOSHEE_DIR = os.path.join(os.getcwd(), "whoosh")
    LOG_DEFAULT_CONF = {"version": 1}
    MESSAGE_QUOTE = True
    REDIS_ENABLED = False
    RATELIMIT_ENABLED = False
    SECRET_KEY = "only for tests on loopback"
    WTF_CSRF_SECRET_KEY = "only for tests on loopback too"


app = create_app(Config)


def seed(thread):
    from flaskbb.extensions import db
    from flaskbb.forum.models import Category, Forum, Post, Topic
    from flaskbb.management.models import Setting
    from flaskbb.user.models import Group
    from flaskbb.utils.populate import create_default_groups, create_default_settings, create_user

    with app.app_context():
        db.create_all()
        create_default_groups()
        create_default_settings()
        Setting.update({"posts_per_page": 50, "default_language": "fr"})
        create_user("administration", thread["account"]["password"], "administration@forum.invalid", "admin")
        users = {}
        for author in sorted({post["author"] for post in thread["posts"]} | {thread["account"]["name"]}):
            users[author] = create_user(author, thread["account"]["password"], author + "@forum.invalid", "member")
        category = Category(title="Parents").save()
        forum = Forum(title=thread["board"], description="", category_id=category.id)
        forum.groups = Group.query.all()
        forum.save()
        first, *others = thread["posts"]
        topic = Topic(title=thread["title"])
        topic.save(user=users[first["author"]], forum=forum, post=Post(content=first["text"]))
        for post in others:
            Post(content=post["text"]).save(user=users[post["author"]], topic=topic)
        print("/topic/%d" % topic.id)


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        seed(json.load(file))
