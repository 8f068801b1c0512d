"""Drives Helix in a tmux of its own through the stories, by its default keys, and asserts on the screen and the file.

    helix.py FOLDER SERVER SCREENS [STORY…]

FOLDER is where `debian` has unpacked Helix; SERVER is our binary. Helix gets a home of its own with the project's
`editors/helix/languages.toml` and queries.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

folder, server, screens = (Path(it) for it in sys.argv[1:4])
only = sys.argv[4:]
here = Path(__file__).resolve().parent
root = here.parent.parent
PATIENCE = float(os.environ.get("ASL_EDITORS_WAIT", 10000)) / 1000
started = time.monotonic()
failed = 0


class Failure(Exception):
    pass


def wait(what, probe, patience=PATIENCE):
    end = time.monotonic() + patience
    while True:
        value = probe()
        if value:
            return value
        if time.monotonic() > end:
            raise Failure(f"waited in vain for {what}")
        time.sleep(0.03)


def styled(line):
    """The characters of a line with escape sequences, and the colours of each."""
    characters, colours, text, ground = [], [], "", ""
    for piece in re.findall(r"\x1b\[[0-9;:]*m|.", line):
        if piece.startswith(("\x1b[3", "\x1b[9")):
            text = piece
        elif piece.startswith(("\x1b[4", "\x1b[10")):
            ground = piece
        elif piece[0] == "\x1b":
            text = ground = ""
        else:
            characters.append(piece)
            colours.append(text + ground)
    return "".join(characters), colours


class Helix:
    """One home, one tmux server, one Helix after the other."""

    def __init__(self):
        self.home = Path(tempfile.mkdtemp(prefix="asl-helix."))
        self.version = subprocess.run([folder / "usr/bin/hx", "--version"], capture_output=True, text=True).stdout.split()[1]
        self.environment = {
            "HOME": str(self.home),
            "PATH": os.environ["PATH"],
            "TMUX_TMPDIR": str(self.home),
            "LANG": "C.UTF-8",
            "COLORTERM": "truecolor",
            "TERM": "xterm-256color",
            "HELIX_RUNTIME": str(folder / "usr/lib/hx/runtime"),
        }
        config = self.home / ".config/helix"
        (config / "runtime/grammars").mkdir(parents=True)
        shutil.copytree(root / "editors/helix/queries", config / "runtime/queries")
        # `hx --grammar build` would have to come by the grammars of JSON and YAML from the network.
        for parser in Path(os.environ["ASL_PARSERS"]).glob("*.so"):
            (config / "runtime/grammars" / parser.name).symlink_to(parser)
        toml = (root / "editors/helix/languages.toml").read_text()
        # The process id is noted, so that one step can kill the server.
        self.pid_file = self.home / "server.pid"
        bin = self.home / "bin"
        bin.mkdir()
        (bin / "asl-lsp").write_text(f'#!/bin/sh\necho $$ > "{self.pid_file}"\nexec "{server}" "$@"\n')
        (bin / "asl-lsp").chmod(0o755)
        self.environment["PATH"] = f"{bin}:{self.environment['PATH']}"
        (config / "languages.toml").write_text(toml.replace("/path/to/asl-lsp", str(root)))
        (config / "config.toml").write_text('[editor]\nend-of-line-diagnostics = "hint"\ntrue-color = true\nidle-timeout = 50\n')
        self.running = False

    def tmux(self, *arguments):
        return subprocess.run(
            ["tmux", "-L", "asl", "-f", "/dev/null", *arguments], capture_output=True, text=True, env=self.environment
        ).stdout

    def open(self, file):
        self.file = file
        hx = folder / "usr/bin/hx"
        self.tmux("new-session", "-d", "-s", "hx", "-x", "130", "-y", "45", "-c", str(file.parent), f"exec '{hx}' -v '{file.name}'")
        self.running = True
        self.see("NOR", file.name)

    def gone(self):
        return "hx" not in self.tmux("list-sessions", "-F", "#S").split()

    def screen(self, colours=False):
        return self.tmux("capture-pane", "-p", *(["-e"] if colours else []), "-t", "hx")

    def see(self, *texts):
        def all_there():
            shown = " ".join(self.screen().split())
            return all(" ".join(text.split()) in shown for text in texts) and shown

        return wait(f"{' and '.join(texts)!r} on the screen", all_there)

    def keys(self, *names):
        for name in names:
            # The escape key as kitty's protocol has it: a lone escape that is read together with the next key would be Alt
            # with that key, however long one waits between them.
            key = ["-H", *"1b 5b 32 37 75".split()] if name == "Escape" else [name]
            self.tmux("send-keys", "-t", "hx", *key)
            time.sleep(0.01)

    def type(self, text):
        # Not faster than fingers: Helix 25.01 may send changes that follow at once in another order.
        for letter in text:
            self.tmux("send-keys", "-l", "-t", "hx", "--", "\\;" if letter == ";" else letter)
            time.sleep(0.015)
        time.sleep(0.02)

    def command(self, text):
        self.type(":" + text)
        self.keys("Enter")

    def normal(self):
        self.keys("Escape", "Escape")
        self.see("NOR")

    def text(self):
        """What the buffer holds: it is written, and read."""

        def state():
            # Helix puts a new file in the place of the old one: for a moment there is none, or half of one.
            try:
                return self.file.stat().st_mtime_ns, self.file.read_text()
            except FileNotFoundError:
                return None

        def written():
            now = state()
            if now and now[0] != before:
                time.sleep(0.02)
                return now == state() and now[1] and now

        self.normal()
        before = wait("the file", state)[0]
        self.command("write!")
        return wait("the written file", written)[1]

    def holds(self, *parts):
        # A change may come a moment after the key that asks for it.
        return wait(f"{parts!r} in the file", lambda: all(part in self.text() for part in parts))

    def go(self, marked):
        before, after = marked.split("|")
        text = self.text()
        at = text.find(before + after)
        if at < 0:
            raise Failure(f"the file has no {marked}")
        head = text[: at + len(before)]
        column = len(head) - head.rfind("\n") - 1
        self.normal()
        self.command(str(head.count("\n") + 1))
        self.type("gh" + (f"{column}l" if column else ""))
        self.see(f"{head.count(chr(10)) + 1}:{column + 1}")

    def end(self):
        if self.running:
            self.tmux("kill-server")
            # A server that is about to end would still take the next session, and end it too.
            wait("the end of tmux", self.gone)
            time.sleep(0.5)
        self.running = False


def play(hx, story):
    editor = f"helix-{hx.version}"
    name = story["file"].split(".")[0]
    project = hx.home / "project"
    project.mkdir(exist_ok=True)
    file = project / story["file"]
    file.write_text((here / "cases" / story["file"]).read_text())
    yaml = story["filetype"] == "asl-yaml"

    def keep(what):
        (screens / f"{editor}-{name}-{what}.txt").write_text(hx.screen())
        (screens / f"{editor}-{name}-{what}.ansi").write_text(hx.screen(colours=True))

    def step(what, run):
        global failed
        mark, note = "ok    ", None
        try:
            note = run()
        except (Failure, AssertionError, OSError) as error:
            mark, note = "not ok", error
            failed += 1
            keep("failed-" + re.sub(r"\W+", "-", what))
            hx.keys("Escape", "Escape", "Escape")
        since = time.monotonic() - started
        print(f"{mark} {since:5.1f} s  {editor}  {story['file']}: {what}{f' – {note}' if note else ''}", flush=True)

    def open_():
        hx.open(file)

    def mistake():
        message = story["diagnostic"]["message"]
        hx.see(message[:40])
        hx.type(" d")
        hx.see("severity", story["diagnostic"]["code"])
        # The picker shows the place beside the list.
        keep("diagnostic")
        hx.keys("Escape")
        hx.go(story["diagnostic"]["at"])
        return message

    def coloured():
        """The beginning of an expression does not look as its neighbour in the string does."""
        hx.go(story["colour"]["at"])
        before, after = story["colour"]["at"].split("|")

        def colours():
            for line in hx.screen(colours=True).split("\n"):
                plain, shown = styled(line)
                if before + after in plain:
                    start = plain.index(before + after)
                    return len(set(shown[start - 1 : start + len(before + after)])) > 1

        wait("another colour", colours)

    def hover(what, wanted):
        hx.go(wanted["at"])
        hx.type(" k")
        # The text of the link: Helix does not show where it leads.
        hx.see(*wanted["expect"])
        keep(f"hover-{what}")
        hx.keys("Escape")

    def fix():
        hx.go(story["action"]["at"])
        hx.type(" a")
        hx.see(story["action"]["title"])
        keep("action")
        hx.keys("Enter")
        hx.holds(*story["action"]["result"])
        message = story["diagnostic"]["message"]
        wait("no diagnostic", lambda: message[:40] not in " ".join(hx.screen().split()))
        return story["action"]["title"]

    def definition():
        hx.go(story["definition"]["at"])
        hx.type("gd")
        lines = hx.text().split("\n")
        row = next(row for row, line in enumerate(lines, 1) if line.strip().startswith(story["definition"]["line"]))
        hx.see(f" {row}:")
        return f"line {row}"

    def select():
        hx.go("|" + story["definition"]["line"])
        before = hx.text()
        hx.type("matd")
        after = hx.text()
        assert before.count("Type") - after.count("Type") == 1, after
        assert story["definition"]["line"] not in after, after
        undo(before)

    def undo(before):
        for _ in range(20):
            if hx.text() == before:
                return
            hx.type("u")
        raise Failure("it cannot be undone")

    def complete(wanted):
        hx.keys("C-x")
        label = wanted["label"]
        hx.see(label)
        # Down to the one that is wanted: the chosen one stands in the text at once.
        chosen = wanted["result"].strip() if yaml or wanted is story["states"] else f'"{label}"'
        keep("completion")
        for _ in range(12):
            hx.keys("Tab")
            time.sleep(0.15)
            if chosen in hx.screen():
                break
        hx.keys("Enter")
        time.sleep(0.05)
        # Helix has closed the quotes of a key at once; what follows it is left to the user.
        hx.holds(wanted["result"] if yaml or wanted is story["states"] else f'"{label}"')

    def field():
        hx.go("|" + story["fields"]["below"])
        before = hx.text()
        hx.type("o" + story["fields"]["type"])
        complete(story["fields"])
        after = hx.text()
        line = next(line for line in after.split("\n") if story["fields"]["label"] in line)
        assert "$" not in line, line
        undo(before)
        return line.strip()

    def empty(text):
        """Another text in place of the value at the cursor."""
        hx.type("vglc" if yaml else 'mi"c')
        hx.type(text)

    def state():
        hx.go(story["states"]["at"])
        before = hx.text()
        empty(story["states"]["type"])
        complete(story["states"])
        undo(before)

    def call():
        """From a few letters of the service to the required parameters, then a parameter."""
        call = story["call"]
        before = hx.text()
        hx.go(call["without"])
        hx.type(f"{call['lines']}xd")
        hx.go(call["at"])
        empty(call["type"])
        take(call["service"], call["arn"])
        take(call["action"], call["result"][0].strip())
        hx.holds(*call["result"])
        keep("call")
        hx.go(call["below"])
        hx.type("o" + call["key"])
        take(call["label"], call["label"])
        line = next(line for line in hx.text().split("\n") if call["label"] in line)
        undo(before)
        return line.strip()

    def take(label, chosen):
        """Asks for completion, walks down to what is wanted and takes it; its text stands in the document then."""
        hx.keys("C-x")
        hx.see(label)
        keep("completion")
        plain = wait(f"{label} in the menu", lambda: colours_in_menu(label))
        for _ in range(12):
            hx.keys("Tab")
            try:
                wait("the choice", lambda: colours_in_menu(label) not in (None, plain), patience=0.5)
            except Failure:
                continue
            # What Helix shows of a choice before it is taken may be its label alone.
            hx.keys("Enter")
            wait(f"{chosen} in the document", lambda: chosen in hx.screen())
            return
        raise Failure(f"{label} cannot be chosen")

    def colours_in_menu(label):
        for line in hx.screen(colours=True).split("\n"):
            plain, colours = styled(line)
            # Behind a label stands its kind.
            row = re.search(rf" {re.escape(label)} +(?!with )\w", plain)
            if row:
                return colours[row.start() + 1]

    def rename():
        hx.go(story["rename"]["at"])
        hx.type(" r")
        hx.see("rename-to:")
        hx.keys("C-u")
        hx.type(story["rename"]["to"])
        keep("rename")
        hx.keys("Enter")
        hx.holds(*story["rename"]["result"])

    def symbols():
        hx.type(" s")
        hx.see("kind", *story["symbols"])
        hx.type(story["symbols"][-1])
        hx.see("1/")
        keep("symbols")
        hx.keys("Escape", "Escape")

    def format_():
        hx.go("|" + story["fields"]["below"])
        before = hx.text()
        hx.type("J" if not yaml else "A   ")
        hx.normal()
        hx.command("format")
        wait("the layout", lambda: hx.text() == before)

    def kill():
        before = hx.text()
        pid = int(hx.pid_file.read_text())
        os.kill(pid, signal.SIGKILL)
        hx.see("Language server exited")
        keep("killed")
        assert hx.text() == before, "text is lost"
        hx.command("lsp-restart asl-lsp" if hx.version >= "25.07" else "lsp-restart")
        wait("another server", lambda: hx.pid_file.read_text().strip() not in ("", str(pid)))
        hx.go(story["definition"]["at"])
        empty("gone")
        hx.normal()
        hx.see("there is no state `gone`")
        undo(before)

    def quit_():
        text = hx.text()
        pid = int(hx.pid_file.read_text())
        hx.command("quit")
        wait("the end", hx.gone)
        hx.running = False
        assert file.read_text() == text
        wait("the end of the server", lambda: not Path(f"/proc/{pid}").exists())

    step("it opens", open_)
    step("the mistake is shown", mistake)
    step("expressions are coloured", coloured)
    step("hover of a field has a link", lambda: hover("field", story["hover"]))
    step("hover of a parameter has a link", lambda: hover("parameter", story["call"]["parameter"]))
    step("a quick fix is applied", fix)
    step("to a state", definition)
    step("a state is a text object", select)
    step("a field is completed", field)
    step("a state is completed", state)
    step("a call is completed, from its service to a parameter", call)
    step("a state is renamed", rename)
    step("symbols are listed", symbols)
    step("the document is formatted", format_)
    step("a killed server is told, and restarts", kill)
    step("it is written, and all ends", quit_)
    hx.end()


def large(hx):
    """A document of a megabyte, whose last transition leads nowhere."""
    global failed
    states = [
        f"""    "State {number}": {{
      "Type": "Task",
      "Resource": "arn:aws:states:::glue:startJobRun.sync",
      "Arguments": {{ "JobName": "{{% $states.input.job & \\"-{number}\\" %}}" }},
      "TimeoutSeconds": 60,
      "Retry": [{{ "ErrorEquals": ["States.TaskFailed"], "JitterStrategy": "FULL" }}],
      "Next": "{f'State {number + 1}' if number < 4000 else 'Nowhere'}"
    }}"""
        for number in range(1, 4001)
    ]
    (hx.home / "project").mkdir(exist_ok=True)
    file = hx.home / "project/large.asl.json"
    head = '{\n  "QueryLanguage": "JSONata",\n  "StartAt": "State 1",\n  "States": {\n'
    file.write_text(head + ",\n".join(states) + "\n  }\n}\n")
    try:
        hx.open(file)
        hx.type("ge")
        hx.see("there is no state `Nowhere`")
        hx.command(str(4 + 8 * 1998 + 7))
        hx.type("glh")
        hx.see('"Next": "State 2000"')
        since = time.monotonic()
        hx.type('mi"cgone')
        hx.see('"Next": "gone"')
        shown = time.monotonic()
        hx.keys("Escape")
        # Of requests that follow each other at once, Helix 25.07 may drop all answers; a letter after a pause asks anew.
        for again in range(5):
            try:
                wait("the finding", lambda: "there is no state `gone" in hx.screen(), patience=6)
                break
            except Failure:
                hx.type("i")
                hx.see("INS")
                hx.type("!")
                time.sleep(3)
                hx.keys("Escape")
        hx.see("there is no state `gone")
        times = f"shown after {1000 * (shown - since):.0f} ms, found after {1000 * (time.monotonic() - since):.0f} ms"
        print(f"ok     {time.monotonic() - started:5.1f} s  helix-{hx.version}  a megabyte stays usable – {times}", flush=True)
    except Failure as error:
        print(f"not ok {time.monotonic() - started:5.1f} s  helix-{hx.version}  a megabyte stays usable – {error}", flush=True)
        (screens / f"helix-{hx.version}-large-failed.txt").write_text(hx.screen())
        failed += 1
    (screens / f"helix-{hx.version}-large.txt").write_text(hx.screen())
    hx.end()


def one_liner(hx):
    """What `editors/try` promises: the script alone, and the editor shows the mistakes of the example."""
    global failed
    target = hx.home / "target"
    grammars = target / "try/helix/config/helix/runtime/grammars"
    grammars.mkdir(parents=True)
    for parser in Path(os.environ["ASL_PARSERS"]).glob("*.so"):
        (grammars / parser.name).symlink_to(parser)
    script = f"ASL_HELIX='{folder}/usr/bin/hx' ASL_LSP='{server}' CARGO_TARGET_DIR='{target}' exec '{root}/editors/try/helix'"
    hx.tmux("new-session", "-d", "-s", "hx", "-x", "130", "-y", "45", "-c", str(hx.home), script)
    hx.running = True
    mark = "ok    "
    try:
        hx.see("order.asl.json", "takes a whole number, not a text")
    except Failure as error:
        mark = f"not ok – {error}"
        failed += 1
    (screens / f"helix-{hx.version}-try.txt").write_text(hx.screen())
    (screens / f"helix-{hx.version}-try.ansi").write_text(hx.screen(colours=True))
    print(f"{mark} {time.monotonic() - started:5.1f} s  helix-{hx.version}  editors/try/helix", flush=True)
    hx.end()


# Ended from outside, it still ends its tmux.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
hx = Helix()
try:
    for story in json.loads((here / "cases/stories.json").read_text()):
        if not only or story["file"].split(".")[0] in only:
            play(hx, story)
    large(hx)
    one_liner(hx)
    if failed:
        # With every message between editor and server.
        shutil.copy(hx.home / ".cache/helix/helix.log", screens / f"helix-{hx.version}.log")
finally:
    hx.end()
    shutil.rmtree(hx.home, ignore_errors=True)
print(f"helix-{hx.version}: {f'{failed} failed' if failed else 'all well'}")
sys.exit(1 if failed else 0)
