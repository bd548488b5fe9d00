#!/usr/bin/env python3
"""Tests of compare.py with made-up readings: python3 bench/compare_test.py"""
import json
import os
import pathlib
import stat
import tempfile
import unittest
from unittest import mock

import compare


def reading(median, threads, **more):
    return {"median": median, "threads": threads, "items": 4, **more}


class Rows(unittest.TestCase):
    def test_theirs_is_the_fastest_way_by_the_median_over_the_rounds(self):
        readings = {("ours", 2, ""): [reading(m, 2, allocated_bytes_per_step=b) for m, b in ((1.0, 0), (2.0, 64), (1.5, 0))],
                    ("theirs", 1, "fused"): [reading(m, 1) for m in (4.0, 3.0, 2.0)],
                    ("theirs", 2, "eager"): [reading(m, 2) for m in (9.0, 1.0, 9.0)],  # its one lucky round must not count
                    ("theirs", 2, "compiled"): [reading(0.5, 2)]}  # nor a way that is not in every round
        [row] = compare.compare("xor_sgd", readings)
        self.assertEqual((row["ours"], row["theirs"], row["way"], row["allocated"]), (1.5, 3.0, "fused, 1 thread", 64))
        self.assertEqual((row["ratio"], row["low"], row["high"]), (2.0, 2 / 1.5, 4.0))
        self.assertAlmostEqual(row["ours_spread"], 1 / 1.5)

    def test_gemm_compares_gflops_at_equal_threads(self):
        readings = {(side, t, how): [reading(1, t, gflops=g * t) for g in of_one]
                    for side, how, of_one in (("ours", "", (90, 100, 95)), ("theirs", "eager", (100, 100, 100))) for t in (1, 2)}
        one, two = compare.compare("gemm_f32_256", readings)
        self.assertEqual((one["name"], one["way"], one["ours"], one["theirs"], one["ratio"]), ("gemm_f32_256", "1 thread", 95, 100, 0.95))
        self.assertEqual((two["way"], two["ours"], two["ratio"]), ("2 threads", 190, 0.95))
        self.assertEqual((two["low"], two["high"]), (0.9, 1.0))

    def test_the_table_is_aligned_markdown(self):
        lines = compare.table([compare.row("xor_sgd", "ms/step", [1, 1, 1], [2, 2, 2], "eager, 1 thread", 0)]).splitlines()
        self.assertEqual(len({len(t) for t in lines}), 1)
        self.assertEqual([t.strip() for t in lines[2].split("|")[1:-1]],
                         ["xor_sgd", "ms/step", "eager, 1 thread", "1", "2", "2.00", "2.00 to 2.00", "0%", "0%", "0"])


class Pages(unittest.TestCase):
    def test_the_result_file_is_named_after_the_machine(self):
        computer = {"model": "Intel(R) Xeon(R) Processor", "cores": 2}
        self.assertEqual(compare.result_file(None, computer).name, "intel-xeon-processor-2-cores.md")
        self.assertEqual(compare.result_file("My Box", computer).name, "my-box.md")

    def test_a_section_is_added_or_replaced_by_its_title(self):
        one = compare.with_section("# A machine\n", "Eager", "1")
        self.assertEqual(one, "# A machine\n\n## Eager\n\n1\n")
        two = compare.with_section(one, "Compiled", "2")
        self.assertEqual(two, "# A machine\n\n## Eager\n\n1\n\n## Compiled\n\n2\n")
        self.assertEqual(compare.with_section(two, "Eager", "3"), "# A machine\n\n## Eager\n\n3\n\n## Compiled\n\n2\n")


class Rounds(unittest.TestCase):
    def collect(self, of_theirs, workload="xor_sgd"):
        """The calls of three rounds, with {(threads, way): median} of theirs; ours needs 1."""
        calls = []

        def measure(command, workload, threads, seconds, ways=()):
            calls.append((command, threads, *([",".join(ways)] if any(ways) else [])))
            if command == "o":
                return [reading(1, threads)]
            return [reading(m, threads, how=how) for (t, how), m in of_theirs.items() if t == threads and (not ways or how in ways)]
        with mock.patch.object(compare, "measure", measure):
            return calls, compare.collect(workload, 3, {"ours": "o", "theirs": "t"}, 1)

    def test_sides_alternate_and_swap_who_begins(self):
        calls, _ = self.collect({(1, ""): 2, (2, ""): 2})
        first = [("o", 2), ("t", 1), ("t", 2)]
        self.assertEqual(calls, first + first[::-1] + first)

    def test_ways_far_behind_are_left_out_after_the_first_round(self):
        calls, readings = self.collect({(1, "eager"): 2.0, (1, "fused"): 2.5, (1, "compiled"): 9, (2, "eager"): 9})
        again = [("o", 2), ("t", 1, "eager,fused")]
        self.assertEqual(calls, [("o", 2), ("t", 1), ("t", 2)] + again[::-1] + again)
        self.assertEqual({key: len(of_one) for key, of_one in readings.items()},
                         {("ours", 2, ""): 3, ("theirs", 1, "eager"): 3, ("theirs", 1, "fused"): 3, ("theirs", 1, "compiled"): 1,
                          ("theirs", 2, "eager"): 1})

    def test_gemm_keeps_both_thread_counts(self):
        calls, _ = self.collect({(1, "eager"): 4, (2, "eager"): 2}, "gemm_f32_256")
        self.assertEqual(len(calls), 12)

    def test_sides_that_do_not_run_the_same_are_refused(self):
        for what in ("items", "parameters"):
            def measure(command, workload, threads, seconds, ways=()):
                return [reading(1, threads, **{what: len(command)})]
            with mock.patch.object(compare, "measure", measure):
                with self.assertRaisesRegex(compare.Unusable, f"xor_sgd: the sides disagree on their {what}"):
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

    def test_every_line_in_json_is_a_reading(self):
        tool = self.tool("warming up\n" + json.dumps(reading(1.5, 2, how="eager")) + "\n" + json.dumps(reading(2, 2, how="fused")))
        self.assertEqual([(r["how"], r["median"]) for r in compare.measure([tool], "xor_sgd", 2, 1)], [("eager", 1.5), ("fused", 2)])

    def test_sides_run_without_the_variables_that_slow_openblas(self):
        with mock.patch.dict(os.environ, {"OPENBLAS_CORETYPE": "Haswell", "OPENBLAS_L2_SIZE": "256"}):
            self.assertNotRegex(compare.run(["env"], 10).stdout, "(?m)^OPENBLAS_(CORETYPE|L2_SIZE)=")

    def test_bad_readings_are_refused_by_name(self):
        self.refused("no reading in JSON", compare.measure, [self.tool("no figures")], "xor_sgd", 2, 1)
        self.refused("no reading in JSON", compare.measure, [self.tool("{1}")], "xor_sgd", 2, 1)
        self.refused("lacks gflops", compare.measure, [self.tool(json.dumps(reading(1, 2)))], "gemm_f32_256", 2, 1)
        self.refused("ran with 1 threads instead of 2", compare.measure, [self.tool(json.dumps(reading(1, 1)))], "xor_sgd", 2, 1)
        self.refused("xor_sgd with 2 threads failed .* It broke.", compare.measure, [self.tool("", 3)], "xor_sgd", 2, 1)

    def test_a_missing_side_is_named_with_the_mend(self):
        nowhere = str(pathlib.Path(self.folder.name) / "nowhere")
        self.refused("nowhere does not exist. Build it", compare.find_ours, nowhere)
        self.refused("ended with 3: It broke.", compare.find_ours, self.tool("", 3))
        self.refused("No PyTorch .* It broke.", compare.find_torch, self.tool("", 1))
        self.refused("No PyTorch .*nowhere does not exist", compare.find_torch, nowhere)
        self.refused("No networks .* It broke.", compare.find_peer, [self.tool("", 1)], "No networks for ONNX Runtime.")


if __name__ == "__main__":
    unittest.main()
