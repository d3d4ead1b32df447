"""Isso on SQLite, in the current folder: `isso_site.py seed THREAD.json` fills the database, and
`isso_site.py serve PORT SITE_PORT` serves it to pages of http://localhost:SITE_PORT."""

import json
import os
import sys
import time

PAGE = "/article"

CONFIGURATION = """[general]
dbpath = isso.sqlite
host = http://localhost:{site}
[server]
listen = http://127.0.0.1:{port}
[guard]
enabled = false
[markup]
renderer = mistune
"""


def configured(port, site):
    with open("isso.cfg", "w", encoding="utf-8") as file:
        file.write(CONFIGURATION.format(port=port, site=site))
    return "isso.cfg"


def seed(thread):
    from isso import config
    from isso.db import SQLite3

    conf = config.load(config.default_file(), configured(0, 0))
    database = SQLite3(conf.get("general", "dbpath"), conf)
    database.threads.new(PAGE, thread["title"])
    start = time.time() - 86400
    for number, post in enumerate(thread["posts"]):
        database.comments.add(
            PAGE,
            {
                "author": post["author"],
                "created": start + 600 * number,
                "email": None,
                "mode": 1,
                "notification": 0,
                "parent": None,
                "remote_addr": "127.0.0.0",
                "text": post["text"],
                "website": None,
            },
        )
    print(PAGE)


if __name__ == "__main__":
    if sys.argv[1] == "seed":
        with open(sys.argv[2], encoding="utf-8") as file:
            seed(json.load(file))
    else:
        isso = os.path.join(os.path.dirname(sys.executable), "isso")
        os.execv(isso, [isso, "-c", configured(sys.argv[2], sys.argv[3]), "run"])
