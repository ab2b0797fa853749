#!/usr/bin/env python3
"""Malformed and oversized requests: each must get a status of 400 to 499 or, where it is no HTTP, a closed connection.

    malformed.py DECOY INDEX [--count 1000] [--seed 1] [--only KIND]

Anything else (a success, a status of 500 and above, silence, a server that is gone) is printed and makes the exit code 1.
"""
import argparse
import collections
import concurrent.futures
import json
import random
import re
import socket
import sys
import time

import malformed_requests
from server import Server

PATIENCE = 15


def send(port, data, stalls):
    """What the server answers: a status with headers and body, `closed`, or `silent`."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        try:
            if stalls:
                for byte in data:
                    connection.sendall(bytes([byte]))
                    time.sleep(0.01)
            else:
                connection.sendall(data)
        except OSError:
            pass  # The server may answer and close before it has read all.
        received = b""
        try:
            while part := connection.recv(1 << 16):
                received += part
                found = re.match(rb"HTTP/1\.1 (\d+) .*?\r\n\r\n", received, re.DOTALL)
                length = found and re.search(rb"(?i)\r\ncontent-length: *(\d+)", found[0])
                if found and length and len(received) >= found.end() + int(length[1]):
                    break
        except TimeoutError:
            return ("silent", b"", received)
        except OSError:
            pass
    found = re.match(rb"HTTP/1\.1 (\d+) .*?\r\n\r\n", received, re.DOTALL)
    return (int(found[1]), found[0], received[found.end():]) if found else ("closed", b"", received)


def fault(outcome, head, body):
    """What is wrong with an answer; nil where it is as it must be."""
    if outcome == "closed":
        return "bytes that are no HTTP" if body else None
    if outcome == "silent":
        return "no answer"
    if not 400 <= outcome < 500:
        return f"status {outcome}"
    if b"x-injected" in head.lower():
        return "a header that the request made"
    if b"root:" in body:
        return "a file of the machine"
    if b"problem+json" in head and json.loads(body)["status"] != outcome:
        return "a problem of another status"
    return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("decoy")
    parser.add_argument("index")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only")
    arguments = parser.parse_args()
    server = Server(arguments.decoy, arguments.index, "--threads", "2", "--timeout", "3")
    kinds = [kind for kind in malformed_requests.KINDS if arguments.only in (None, kind.__name__)]
    generator = random.Random(arguments.seed)
    cases = []
    for number in range(arguments.count):
        kind = kinds[number % len(kinds)]
        cases.append((kind.__name__, kind(generator)))
    before = server.memory()
    outcomes, faults = collections.Counter(), []
    with concurrent.futures.ThreadPoolExecutor(24) as pool:
        def attempt(case):
            return case, send(server.port, case[1], case[0] == "slow")
        for (name, data), answer in pool.map(attempt, cases):
            outcomes[name, str(answer[0])] += 1
            if wrong := fault(*answer):
                faults.append((name, wrong, data[:120], answer[2][:200]))
    good = send(server.port, malformed_requests.head("/search?q=bank&k=3"), False)
    after, alive = server.memory(), server.is_running()
    for name in [kind.__name__ for kind in kinds]:
        print(f"{name:14}", *(f"{status}: {count}" for (kind, status), count in sorted(outcomes.items()) if kind == name), sep="  ")
    totals = collections.Counter()
    for (_, status), count in outcomes.items():
        totals[status] += count
    print("all           ", *(f"{status}: {count}" for status, count in sorted(totals.items())), sep="  ")
    print(f"a good request afterwards: {good[0]}; server running: {alive}; memory {before[0]:.0f} to {after[0]:.0f} MB; exit {server.stop()}")
    for name, wrong, data, answer in faults:
        print(f"FAULT {name}: {wrong}: {data!r} -> {answer!r}")
    for message in server.messages[1:-1]:
        print("server:", message)
    sys.exit(1 if faults or good[0] != 200 or not alive else 0)


if __name__ == "__main__":
    main()
