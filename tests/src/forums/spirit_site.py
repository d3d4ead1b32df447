"""Spirit on SQLite: `spirit_site.py THREAD.json` fills the database in the current folder; gunicorn serves
`spirit_site:app` from there. The settings are those of Spirit's own project template but for paths, keys and hosts."""

import json
import os
import sys

import django
import spirit
from django.conf import settings

HERE = os.getcwd()
TEMPLATE = os.path.join(os.path.dirname(spirit.__file__), "extra/project_template/project_name/settings/base.py")


def configure():
    """Spirit's template settings, then ours."""
    values = {"__file__": os.path.join(HERE, "site", "settings", "base.py")}
    with open(TEMPLATE, encoding="utf-8") as file:
        exec(compile(file.read(), TEMPLATE, "exec"), values)  # The software's own file.
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    values.update(
        ALLOWED_HOSTS=["localhost", "127.0.0.1"],
        CACHES={"default": memory, "st_rate_limit": {**memory, "LOCATION": "limits", "TIMEOUT": None}},
        DATABASES={
            "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.path.join(HERE, "spirit.sqlite")}
        },
        DEBUG=True,
        EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
        HAYSTACK_CONNECTIONS={"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}},
        HAYSTACK_SIGNAL_PROCESSOR="haystack.signals.BaseSignalProcessor",
        LANGUAGE_CODE="fr",
        LOGGING={"version": 1},
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        ROOT_URLCONF="spirit_site",
        SECRET_KEY="only for tests on loopback",
        ST_RATELIMIT_ENABLE=False,
        ST_SITE_URL="http://localhost/",
        ST_TASK_MANAGER=None,
        WSGI_APPLICATION=None,
    )
    settings.configure(**{name: value for name, value in values.items() if name.isupper()})
    django.setup()


if not settings.configured:
    configure()


def __getattr__(name):
    """The addresses and the application, made when they are asked for: Django imports this file for both."""
    if name == "urlpatterns":
        from django.urls import include, path

        return [path("", include("spirit.urls"))]
    if name == "app":
        from django.contrib.staticfiles.handlers import StaticFilesHandler
        from django.core.wsgi import get_wsgi_application

        return StaticFilesHandler(get_wsgi_application())
    raise AttributeError(name)


def seed(thread):
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    call_command("migrate", verbosity=0)

    from djconfig.utils import override_djconfig  # noqa: F401  (settings are read at first use)
    from djconfig.models import Config
    from spirit.category.models import Category
    from spirit.comment.models import Comment
    from spirit.comment.utils import comment_posted
    from spirit.core.utils.markdown import Markdown
    from spirit.topic.models import Topic

    Config.objects.update_or_create(key="comments_per_page", defaults={"value": "50"})
    users = {}
    for author in sorted({post["author"] for post in thread["posts"]} | {thread["account"]["name"]}):
        users[author] = get_user_model().objects.create_user(
            username=author, email=author + "@forum.invalid", password=thread["account"]["password"]
        )
        users[author].st.is_verified = True
        users[author].st.save()
    category = Category.objects.create(title=thread["board"])
    first = thread["posts"][0]
    topic = Topic.objects.create(user=users[first["author"]], category=category, title=thread["title"])
    for post in thread["posts"]:
        html = Markdown().render(post["text"])
        comment = Comment.objects.create(
            user=users[post["author"]], topic=topic, comment=post["text"], comment_html=html
        )
        comment_posted(comment=comment, mentions=None)
    print(topic.get_absolute_url())


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        seed(json.load(file))
