"""A `decoy serve` for the scripts here: started on a free port, measured, stopped."""
import os
import re
import signal
import subprocess
import threading


class Server:
    def __init__(self, decoy, index, *options):
        self.process = subprocess.Popen(
            [decoy, "serve", index, "--port", "0", *options], stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        self.messages = []
        for line in self.process.stderr:
            self.messages.append(line.rstrip())
            found = re.search(r"http://[^ ]*:(\d+)/", line)
            if found:
                self.port = int(found[1])
                break
        else:
            raise SystemExit("the server did not start: " + " ".join(self.messages))
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        for line in self.process.stderr:
            self.messages.append(line.rstrip())

    def memory(self):
        """Resident memory in MB: all of it, and the part that is not mapped from files."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as lines:
            fields = dict(line.split(":", 1) for line in lines)
        return tuple(int(fields[name].split()[0]) / 1000 for name in ("VmRSS", "RssAnon"))

    def cpu(self):
        """Seconds of processor time so far."""
        with open(f"/proc/{self.process.pid}/stat", encoding="ascii") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def is_running(self):
        return self.process.poll() is None

    def stop(self):
        """Ends the server as Ctrl-C does and returns its exit code."""
        if self.is_running():
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=60)
