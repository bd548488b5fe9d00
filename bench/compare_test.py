#!/usr/bin/env python3
"""Tests of compare.py with made-up readings: python3 bench/compare_test.py"""
import json
import pathlib
import stat
import tempfile
import unittest
from unittest import mock

import compare


def reading(median, threads, items=4, **more):
    return {"median": median, "threads": threads, "items": items, **more}


class Rows(unittest.TestCase):
    def test_theirs_is_the_faster_thread_count_by_the_median_over_the_rounds(self):
        readings = {("ours", 2): [reading(m, 2, allocated_bytes_per_step=b) for m, b in ((1.0, 0), (2.0, 64), (1.5, 0))],
                    ("theirs", 1): [reading(m, 1) for m in (4.0, 3.0, 2.0)],
                    ("theirs", 2): [reading(m, 2) for m in (9.0, 1.0, 9.0)]}  # its one lucky round must not count
        [row] = compare.compare("xor_sgd", readings)
        self.assertEqual((row["ours"], row["theirs"], row["threads"], row["allocated"]), (1.5, 3.0, 1, 64))
        self.assertEqual((row["ratio"], row["low"], row["high"]), (2.0, 2 / 1.5, 4.0))
        self.assertAlmostEqual(row["ours_spread"], 1 / 1.5)

    def test_gemm_compares_gflops_at_equal_threads(self):
        readings = {(side, t): [reading(1, t, gflops=g * t) for g in of_one]
                    for side, of_one in (("ours", (90, 100, 95)), ("theirs", (100, 100, 100))) for t in (1, 2)}
        one, two = compare.compare("gemm_f32_256", readings)
        self.assertEqual((one["name"], one["ours"], one["theirs"], one["ratio"]), ("gemm_f32_256, 1 thread", 95, 100, 0.95))
        self.assertEqual((two["name"], two["ours"], two["ratio"]), ("gemm_f32_256, 2 threads", 190, 0.95))
        self.assertEqual((two["low"], two["high"]), (0.9, 1.0))

    def test_the_table_is_aligned_markdown(self):
        lines = compare.table([compare.row("xor_sgd", "ms/step", [1, 1, 1], [2, 2, 2], 1, 0)]).splitlines()
        self.assertEqual(len({len(t) for t in lines}), 1)
        self.assertRegex(lines[2], r"^\| xor_sgd +\| ms/step \| +1 \| +2 \| +1 \| +2\.00 \| +2\.00 to 2\.00 \| +0% \| +0% \| +0 \|$")

    def test_the_result_file_is_named_after_the_machine(self):
        computer = {"model": "Intel(R) Xeon(R) Processor", "cores": 2}
        self.assertEqual(compare.result_file(None, computer).name, "intel-xeon-processor-2-cores.md")
        self.assertEqual(compare.result_file("My Box", computer).name, "my-box.md")


class Rounds(unittest.TestCase):
    def test_sides_alternate_and_swap_who_begins(self):
        calls = []

        def measure(command, workload, threads, seconds):
            calls.append((command, threads))
            return reading(1, threads)
        with mock.patch.object(compare, "measure", measure):
            compare.collect("xor_sgd", 3, {"ours": "o", "theirs": "t"}, 1)
        first = [("o", 2), ("t", 1), ("t", 2)]
        self.assertEqual(calls, first + first[::-1] + first)

    def test_sides_that_count_different_items_are_refused(self):
        with mock.patch.object(compare, "measure", lambda command, w, threads, s: reading(1, threads, items=len(command))):
            with self.assertRaisesRegex(compare.Unusable, "xor_sgd: the sides disagree"):
                compare.collect("xor_sgd", 3, {"ours": "ours", "theirs": "theirs"}, 1)


class Tools(unittest.TestCase):
    def tool(self, text, code=0):
        path = pathlib.Path(self.folder.name) / "tool"
        path.write_text(f"#!/bin/sh\ncat <<'END'\n{text}\nEND\necho 'It broke.' >&2\nexit {code}\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return str(path)

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def refused(self, pattern, call, *arguments):
        with self.assertRaisesRegex(compare.Unusable, pattern):
            call(*arguments)

    def test_the_last_line_is_the_reading(self):
        tool = self.tool("warming up\n" + json.dumps(reading(1.5, 2)))
        self.assertEqual(compare.measure([tool], "xor_sgd", 2, 1)["median"], 1.5)

    def test_bad_readings_are_refused_by_name(self):
        self.refused("not a reading in JSON", compare.measure, [self.tool("no figures")], "xor_sgd", 2, 1)
        self.refused("not a reading in JSON", compare.measure, [self.tool("[1]")], "xor_sgd", 2, 1)
        self.refused("lacks gflops", compare.measure, [self.tool(json.dumps(reading(1, 2)))], "gemm_f32_256", 2, 1)
        self.refused("ran with 1 threads instead of 2", compare.measure, [self.tool(json.dumps(reading(1, 1)))], "xor_sgd", 2, 1)
        self.refused("xor_sgd with 2 threads failed .* It broke.", compare.measure, [self.tool("", 3)], "xor_sgd", 2, 1)

    def test_a_missing_side_is_named_with_the_mend(self):
        nowhere = str(pathlib.Path(self.folder.name) / "nowhere")
        self.refused("nowhere does not exist. Build it", compare.find_ours, nowhere)
        self.refused("ended with 3: It broke.", compare.find_ours, self.tool("", 3))
        self.refused("No PyTorch .* It broke.", compare.find_pytorch, self.tool("", 1))
        self.refused("No PyTorch .*nowhere does not exist", compare.find_pytorch, nowhere)
        self.refused("No ONNX Runtime .* It broke.", compare.find_peer, [[self.tool("", 1)]], "No ONNX Runtime to compare with.")


if __name__ == "__main__":
    unittest.main()
