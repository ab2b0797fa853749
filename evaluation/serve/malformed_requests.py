"""Requests that no server should answer with a success: each kind draws from a seeded generator and gives bytes to send, and whether to stall."""
import json
from urllib.parse import quote


def head(target, *headers, method="GET", version="HTTP/1.1", host="127.0.0.1"):
    lines = [f"{method} {target} {version}"] + ([f"Host: {host}"] if host is not None else []) + list(headers)
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def post(body, *headers, target="/search", type="application/json"):
    body = body if isinstance(body, bytes) else body.encode("utf-8")
    return head(target, f"Content-Length: {len(body)}", f"Content-Type: {type}", *headers, method="POST") + body


def request_line(random):
    return random.choice([
        random.randbytes(random.randint(1, 300)), b"GET\r\n\r\n", b"GET /search?q=a\r\n\r\n", b"\r\n\r\n\r\n", b" / HTTP/1.1\r\n\r\n",
        head("/search?q=a", version="HTTP/9.9"), head("/search?q=a", version="HTTQ/1.1"), head("/search?q=a b"),
        head("/sea\x00rch?q=a"), head("/" + "a" * random.randint(9_000, 200_000)), head("search?q=a"), head("http://[::1/search?q=a"),
        head("*"), b"GET /search?q=\xff\xfe HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + random.randbytes(200),
        head("/search?q=a", method="G" * random.randint(20, 20_000)), head("/search?q=a", method="G\x00T"),
    ])


def header(random):
    return random.choice([
        head("/search?q=a", "X: " + "x" * random.randint(90_000, 400_000)), head("/search?q=a", *["X: y"] * random.randint(9_000, 20_000)),
        head("/search?q=a", "no colon"), head("/search?q=a", "X: a\x00b"), head("/search?q=a", "X Y: z"), head("/search?q=a", ": z"),
        head("/search?q=a", host=None), head("/search?q=a", host="evil.example"), head("/search?q=a", host="evil.example:80\x00"),
        head("/search?q=a", host="127.0.0.1.evil.example"), head("/search?q=a", host=""), head("/search?q=a", host="[::1"),
        head("/search?q=a", "Host: evil.example", host="evil.example"),
    ])


def encoding(random):
    broken = random.choice(["%", "%1", "%zz", "%c3", "%ff", "%c0%af", "%ed%a0%80", "%f8%88%80%80%80", "%e2%82", "%u0041", "%%41", "%80", "%-1"])
    return head(random.choice(["/search?q={}", "/search?q=a{}&k=3", "/search?{}=1&q=a", "/documents/{}", "/analyze?text={}", "/compare?q={}"]).format(broken))


def number(random):
    value = random.choice([
        "-1", "0", "1001", "99999999999999999999999", "-9223372036854775808", "NaN", "inf", "1e3", "0x10", "", "5.0", "%205", "5%20",
        "%D9%A5", "1_000", "true", "null", "[]", "5;6", "5%00", "9" * random.randint(30, 5000)])
    return head(random.choice(["/search?q=a&k={}", "/compare?q=a&k={}", "/negatives?q=a&positive=b&num={}"]).format(value))


def parameter(random):
    return head(random.choice([
        "/search", "/search?", "/search?q=", "/search?q", "/search?q=a&q=b", "/search?q=a&nosuch=1", "/search?q=a&K=3", "/search?q=a&mode=magic",
        "/search?q=a&mode=dense", "/search?q=a&model=nosuch", "/search?q=a&rerank=yes", "/search?q=a&rerank=true", "/search?q=a&explain=1",
        "/search?q=a&highlight=TRUE", "/search?q=" + "a" * random.randint(8193, 60_000), "/search?q[]=a", "/analyze", "/analyze?text=a&x=1",
        "/negatives?q=a", "/negatives?q=a&positive=b&relative_margin=NaN", "/negatives?q=a&positive=b&range_min=-1",
        "/negatives?q=a&positive=b&relative_margin=1e999", "/health?x=1", "/search?q=a" + "&k=3" * random.randint(2, 2000),
        "/negatives?q=a" + "&positive=x" * random.randint(1000, 1500)]))


def filters(random):
    depth = random.randint(1_000, 30_000)
    expression = random.choice([
        "(" * depth + "year>1" + ")" * depth, "not " * depth + "year>1", "year >", "year > 1 and", "(", "year in (", "'open", "year ~ 1", "= 1",
        "a." * depth + "b = 1", "year > 1 " + "or year > 1 " * (depth // 12), "x" * random.randint(3_000, 9_000)])
    return random.choice([
        head("/search?q=a&filter=" + quote(expression, safe="")), post(json.dumps({"q": "a", "filter": expression}))])


def body(random):
    depth = random.randint(500, 30_000)
    return random.choice([
        post("[" * depth), post("[" * depth + "]" * depth), post('{"q":' * depth + "1" + "}" * depth), post(""), post("null"), post("[]"),
        post('"a"'), post('{"q"'), post('{"q": "a", "k": NaN}'), post('{"q": "a", "k": 1e999}'), post('{"q": "a", "k": "3"}'), post('{"q": "a", "k": 3.5}'),
        post('{"q": ["a"]}'), post('{"q": {"a": 1}}'), post('{"q": null}'), post('{"q": 1}'), post('{"q": "a", "rerank": "true"}'), post('{"q": "a", "k": -1}'),
        post(b'{"q": "\xff\xfe"}'), post(b'{"q": "\xed\xa0\x80"}'), post(b'{"q": "\\ud800"}' + b" " * 70_000), post(random.randbytes(random.randint(1, 3000))),
        post('{"q": "' + "a" * random.randint(65_536, 3_000_000) + '"}'), post('{"q": "a"}', type="text/plain"), post("q=a", type="application/x-www-form-urlencoded"),
        post('{"q": "a"}', type=""), post('{"q": "a"}', type="application/jsonp"), post('{"q": "a"}', type="multipart/form-data; boundary=x"),
        post('{"q": "a", "x": 1}'), post('{"q": "a"}', target="/documents/1"), post('{"q": "a"}', target="/health")])


def traversal(random):
    up = random.choice(["../", "..%2f", "%2e%2e/", "%2e%2e%2f", "%252e%252e%252f", "..\\", "..%5c", "....//", "..;/", "%c0%ae%c0%ae/", "..%00/"])
    tail = random.choice(["etc/passwd", "etc%2fpasswd", "etc/passwd%00.js", "proc/self/environ"])
    return head(random.choice(["/page/", "/documents/", "/", "//", "/page/search.js/", "/review/"]) + up * random.randint(1, 12) + tail)


def injection(random):
    ends = random.choice(["%0d%0a", "%0a", "%0d", "%0d%0a%0d%0a"]) + "X-Injected:%20yes"
    raw = random.choice(["\r\n", "\n", "\r"]) + "X-Injected: yes"
    return random.choice([
        head(f"/search?q=a&k=3{ends}"), head(f"/search?q=a&{ends}=1"), head(f"/{ends}"), head(f"/page/search.js{ends}"), head(f"/documents/{ends}"),
        head(f"/search?q=a&mode={ends}"), head("/search?q=a&k=99999" + raw), head("/nowhere" + raw), head("/search?q=a", host="evil" + raw)])


def lengths(random):
    small = b'{"q": "a"}'
    def framed(*headers, body=small):
        return head("/search", "Content-Type: application/json", *headers, method="POST") + body
    return random.choice([
        framed("Content-Length: -1"), framed("Content-Length: abc"), framed("Content-Length: 99999999999999999999999"), framed("Content-Length: 10", "Content-Length: 11"),
        framed("Content-Length: 1 0"), framed("Content-Length: 0x0a"), framed("Content-Length: 9999999"), framed("Content-Length:"), framed("Content-Length: 10, 11"),
        framed("Content-Length: 10", "Transfer-Encoding: chunked", body=b"0\r\n\r\n"), framed("Transfer-Encoding: gzip"), framed("Transfer-Encoding: chunked, identity"),
        framed("Transfer-Encoding: xchunked"), framed("Transfer-Encoding: chunked", body=b"zz\r\n" + small), framed("Transfer-Encoding: chunked", body=b"-1\r\n" + small),
        framed("Transfer-Encoding: chunked", body=b"ffffffffffffffff\r\n" + small), framed("Transfer-Encoding: chunked", body=b"fffffffffffffffffffff\r\n" + small),
        framed("Transfer-Encoding: chunked", body=(b"2000\r\n" + b"x" * 8192 + b"\r\n") * random.randint(9, 40) + b"0\r\n\r\n"),
        framed("Transfer-Encoding: chunked", body=b"1;" + b"x" * 100_000 + b"\r\na\r\n0\r\n\r\n"), framed("Expect: 100-continue", "Content-Length: 999999999"),
        framed("Content-Length: 100", "Transfer-Encoding : chunked")])


def method(random):
    return head(random.choice(["/search?q=a", "/health", "/", "/page/search.js", "/metrics"]), method=random.choice([
        "DELETE", "PUT", "PATCH", "TRACE", "OPTIONS", "PROPFIND", "get", "GETT", "BREW", "CONNECT", "M-SEARCH"]))


def address(random):
    return head(random.choice([
        "/nowhere", "/search/", "/Search?q=a", "//search?q=a", "/search%3fq=a", "/search%00?q=a", "/documents/nosuch", "/documents/", "/documents", "/page/", "/page",
        "/page/nosuch.js", "/.git/config", "/openapi.json/", "/review/state?reviewer=a", "/favicon.ico.php", "/documents/" + "a" * random.randint(2000, 60_000)]))


def slow(random):
    """Sent byte by byte for a while, and then no more."""
    return random.choice([
        b"GET /search?q=a HT", b"GET /search?q=a HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ", post('{"q": "a"}')[:-4], b"P",
        head("/search", "Content-Type: application/json", "Transfer-Encoding: chunked", method="POST") + b"5\r\nab"])


KINDS = [request_line, header, encoding, number, parameter, filters, body, traversal, injection, lengths, method, address, slow]
