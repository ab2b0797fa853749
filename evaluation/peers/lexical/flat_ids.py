"""Document ids as a list on disk, for engines that number documents."""

import json
import os


def save_ids(folder, ids):
    with open(os.path.join(folder, "ids.json"), "w", encoding="utf-8") as file:
        json.dump(ids, file)


def load_ids(folder):
    with open(os.path.join(folder, "ids.json"), encoding="utf-8") as file:
        return json.load(file)
