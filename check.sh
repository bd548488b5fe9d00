#!/usr/bin/env bash
# Every check of the project, cheapest first; stops at the first that fails.
#   ./check.sh quick   words, file lengths, white space, speed runner   (seconds)
#   ./check.sh build   and the whole solution without warnings, style   (a minute)
#   ./check.sh         and all tests, some of them with poisoned memory or on the reference back end (minutes)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
upto=${1:-all}
case $upto in quick | build | all) ;; *) echo "check.sh: '$upto' is not a stage; use quick, build or all." >&2; exit 2 ;; esac

step() { printf '\n== %s\n' "$*"; }
fail() { printf '%s\n' "$@" >&2; exit 1; }
# Tracked and new files that match a pattern; the files that spell the patterns out are left aside.
found() { git grep --untracked -nIE "$1" -- . ':!check.sh' ':!tests/Hebb.Architecture.Tests' || true; }

step "words and paths"
hits=$(found 'TODO|FIXME|HACK|XXX|NotImplemented(Exception)?\b')
[ -z "$hits" ] || fail "Unfinished work; finish it or leave it out:" "$hits"
hits=$(found '#pragma warning|SuppressMessage|\bSkip *= *"')
[ -z "$hits" ] || fail "Suppressed warnings or tests; mend the cause:" "$hits"
hits=$(found '(^|[^A-Za-z0-9_.)])/(home|root|work|tmp|Users)/|[a-z]:\\\\?Users|(nuget|npmjs|debian|pypi)\.(org|com)')
[ -z "$hits" ] || fail "Paths of one machine or the name of a package host:" "$hits"
hits=$(found '^(<{7}|>{7}|={7})( |$)')
[ -z "$hits" ] || fail "Marks of an unfinished merge:" "$hits"

step "file lengths"
long=$(git ls-files -co --exclude-standard '*.cs' | while read -r f; do [ -f "$f" ] && n=$(wc -l <"$f") && [ "$n" -gt 400 ] && echo "$f has $n lines"; done || true)
[ -z "$long" ] || fail "Files over 400 lines; split each into one concept a file:" "$long"

step "line lengths"
# In Markdown, rows of tables and what programs printed stay whole.
wide=$(git ls-files -co --exclude-standard '*.cs' '*.fs' '*.md' ':!docs/api' | while read -r f; do
  [ -f "$f" ] && sed '/^```text/,/^```$/ s/.*//; /^|/ s/.*//' "$f" | LC_ALL=C.UTF-8 grep -nE '^.{141,}' | sed "s|^|$f:|" | cut -c1-120
done || true)
[ -z "$wide" ] || fail "Lines over 140 columns; break each where it nests least:" "$wide"

step "white space"
dotnet format whitespace . --folder --verify-no-changes --exclude '**/obj/' ||
  fail "Run: dotnet format whitespace . --folder"
step "runner of the speed table"
if command -v python3 >/dev/null; then python3 bench/compare_test.py; else echo "Skipped: it needs python3, which is not installed."; fi
[ "$upto" != quick ] || exit 0

# No build server outlives the checks.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 UseSharedCompilation=false

step "build"
dotnet build Hebb.slnx -c Release -nologo -v q

step "style"
dotnet format Hebb.slnx --verify-no-changes --no-restore ||
  fail "Run: dotnet format Hebb.slnx"
[ "$upto" != build ] || exit 0

log=$(mktemp)
trap 'rm -f "$log"' EXIT
rc=0
tests() { dotnet test "$@" -c Release --no-build --nologo 2>&1 | tee -a "$log" || rc=$?; }

step "tests"
tests

# Memory returns as early as it may and is overwritten, so that whoever uses it for too long fails.
step "ops, layers and training with poisoned memory"
parts=
for part in .Core.EngineTests .Registry.OpSuiteTests .Registry.LayerSuiteTests .Layers. .Training.; do
  parts+="${parts:+|}FullyQualifiedName~Hebb.Tests$part"
done
HEBB_POISON=1 tests tests/Hebb.Tests --filter "$parts"

step "worked examples on the reference back end"
HEBB_BACKEND=reference tests tests/Hebb.Tests --filter 'FullyQualifiedName~Hebb.Tests.Examples.'

step "package and native program"
tests/ship.sh || rc=$?

# Every test project closes with "Passed! - Failed: 0, Passed: 12, Skipped: 0, ..."; their sum is the verdict.
awk -v rc="$rc" '
  /(Passed|Failed|Skipped)! +- Failed:/ {
    gsub(",", "")
    for (i = 1; i < NF; i++) {
      if ($i == "Failed:") failed += $(i + 1)
      if ($i == "Passed:") passed += $(i + 1)
      if ($i == "Skipped:") skipped += $(i + 1)
    }
  }
  # A part of the tests that could not start ends so, and without an error.
  /No test matches the given testcase filter/ { rc = 1 }
  END {
    if (passed + failed == 0) print "No test ran."
    printf "%d passed, %d failed", passed, failed
    if (skipped > 0) printf ", %d skipped", skipped
    print ""
    exit rc != 0 || failed > 0 || passed == 0
  }' "$log"
