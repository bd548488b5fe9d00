#!/usr/bin/env bash
# What users get: the package, in a new program outside of the repository, and a program that is compiled natively.
#   tests/ship.sh             both
#   tests/ship.sh package     only the package
#   tests/ship.sh native      only the native program
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
what=${1:-all}
case $what in all | package | native) ;; *) echo "ship.sh: '$what' is not a part; use package, native or nothing." >&2; exit 2 ;; esac
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 UseSharedCompilation=false
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
fail() { printf 'ship.sh: %s\n' "$@" >&2; exit 1; }

package() {
  dotnet pack "$root/src/Hebb" -c Release -nologo -v q -o "$temp/feed"
  local file symbols version
  file=$(echo "$temp"/feed/Hebb.*.nupkg) symbols=$(echo "$temp"/feed/Hebb.*.snupkg)
  [ -f "$file" ] || fail "no package was packed."
  [ -f "$symbols" ] || fail "no package of symbols was packed."
  version=$(basename "$file" .nupkg) version=${version#Hebb.}

  # A program of its own, with the package as only source of packages.
  mkdir "$temp/app"
  cat >"$temp/app/NuGet.config" <<XML
<configuration>
  <packageSources><clear /><add key="local" value="$temp/feed" /></packageSources>
</configuration>
XML
  cat >"$temp/app/app.csproj" <<XML
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <Nullable>enable</Nullable>
    <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
    <NuGetAudit>false</NuGetAudit>
  </PropertyGroup>
  <ItemGroup><PackageReference Include="Hebb" Version="$version" /></ItemGroup>
</Project>
XML
  # The README's first program, and what it prints.
  block() { awk -v mark="$1" '$0 == mark && !done { inside = 1; next } /^```/ && inside { done = 1; inside = 0 } inside' "$root/README.md"; }
  block '```csharp' >"$temp/app/Program.cs"
  block '```text' >"$temp/expected"
  [ -s "$temp/app/Program.cs" ] && [ -s "$temp/expected" ] || fail "the README has no program with its output."
  export NUGET_PACKAGES=$temp/packages
  dotnet build "$temp/app" -c Release -nologo -v q || fail "a program cannot be built with the package."
  dotnet "$temp/app/bin/Release/net10.0/app.dll" >"$temp/printed" || fail "a program with the package failed."
  unset NUGET_PACKAGES
  diff "$temp/expected" "$temp/printed" || fail "the README's program prints something else with the package."

  local unpacked=$temp/packages/hebb/$version files packages
  files=$(cd "$unpacked" && find . -type f ! -name '*.nupkg*' ! -name .nupkg.metadata ! -name .signature.p7s | sort | tr '\n' ' ')
  [ "$files" = "./README.md ./hebb.nuspec ./lib/net10.0/Hebb.Kernels.dll ./lib/net10.0/Hebb.Kernels.xml ./lib/net10.0/Hebb.dll ./lib/net10.0/Hebb.xml " ] ||
    fail "the package holds other files than it should: $files"
  ! grep -q '<dependency ' "$unpacked/hebb.nuspec" || fail "the package depends on others:" "$(grep '<dependency ' "$unpacked/hebb.nuspec")"
  packages=$(ls "$temp/packages")
  [ "$packages" = hebb ] || fail "other packages came with it: $packages"
  for part in id version authors copyright 'license type="expression"' description tags readme; do
    grep -q "<$part>[^<]" "$unpacked/hebb.nuspec" || fail "the package does not say its $part."
  done
  local size
  size=$(wc -c <"$file")
  [ "$size" -le 2000000 ] || fail "the package has $size bytes; 2,000,000 are enough."
  echo "The package Hebb $version has $size bytes, depends on nothing and trains the README's network: $(cat "$temp/printed")"
}

native() {
  if [ "$(uname -sm)" != "Linux x86_64" ]; then echo "Native program skipped: it is measured on Linux on x64 alone."; return; fi
  if ! command -v gcc >/dev/null && ! command -v clang >/dev/null; then echo "Native program skipped: it is linked by gcc or clang, and neither is installed."; return; fi
  if ! dotnet restore "$root/samples/Predict" -r linux-x64 -v q >"$temp/log" 2>&1; then
    echo "Native program skipped: the native compiler's package could not be restored: $(tail -1 "$temp/log")"
    return
  fi
  dotnet publish "$root/samples/Predict" -c Release -r linux-x64 --no-restore -nologo -v q -o "$temp/native" >"$temp/log" 2>&1 ||
    fail "the native program cannot be published:" "$(cat "$temp/log")"
  ! grep -iE 'warning|IL[23][0-9]{3}' "$temp/log" || fail "publishing natively warns."
  local program=$temp/native/Predict size best=999999999 begin end out
  size=$(wc -c <"$program")
  [ "$size" -le 11000000 ] || fail "the native program has $size bytes; at most 11,000,000 are allowed."
  dotnet "$root/apps/Hebb.Cli/bin/Release/net10.0/Hebb.Cli.dll" train digits --epochs 1 --out "$temp/run" >"$temp/log" ||
    fail "the tool could not train:" "$(cat "$temp/log")"
  for _ in {1..20}; do
    begin=${EPOCHREALTIME/[.,]/}
    out=$("$program" "$temp/run" "$root/samples/Predict/seven.png") || fail "the native program failed."
    end=${EPOCHREALTIME/[.,]/}
    if [ $((end - begin)) -lt $best ]; then best=$((end - begin)); fi
  done
  [ "${out%% *}" = 7 ] || fail "the native program takes the seven for a ${out%% *}."
  [ $best -lt 30000 ] || fail "the native program needs $best microseconds for an image; less than 30,000 are allowed."
  if "$program" "$temp/run" "$root/README.md" 2>"$temp/log"; then fail "the native program takes a text for an image."; fi
  grep -q '^predict: ' "$temp/log" || fail "the native program does not say what is wrong:" "$(cat "$temp/log")"
  echo "The native program has $size bytes and classifies an image in $best microseconds, the best of 20 starts: $out"
}

[ "$what" = native ] || package
[ "$what" = package ] || native
