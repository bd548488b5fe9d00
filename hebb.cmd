@echo off
rem The hebb tool: builds it when a source is newer than the build, then runs it.
setlocal
set "HEBB_ROOT=%~dp0"
set "HEBB_APP=%HEBB_ROOT%apps\Hebb.Cli"
set "HEBB_DLL=%HEBB_APP%\bin\Release\net10.0\Hebb.Cli.dll"
set "HEBB_STAMP=%HEBB_APP%\obj\launcher.stamp"
powershell -NoProfile -NonInteractive -Command ^
  "if (-not (Test-Path $env:HEBB_DLL)) { exit 1 };" ^
  "$built = (Get-Item $env:HEBB_DLL, $env:HEBB_STAMP -ErrorAction Ignore | Measure-Object LastWriteTimeUtc -Maximum).Maximum;" ^
  "$newer = Get-ChildItem ($env:HEBB_ROOT + 'src'), $env:HEBB_APP, ($env:HEBB_ROOT + '*.props'), ($env:HEBB_ROOT + 'global.json') -Recurse |" ^
  "  Where-Object { $_.FullName -notmatch '\\(bin|obj)(\\|$)' -and $_.LastWriteTimeUtc -gt $built } | Select-Object -First 1;" ^
  "if ($newer) { exit 1 }"
if not errorlevel 1 goto run
if not exist "%HEBB_APP%\obj" mkdir "%HEBB_APP%\obj"
pushd "%HEBB_ROOT%"
dotnet build apps\Hebb.Cli\Hebb.Cli.csproj -c Release -v q -nologo --disable-build-servers >"%HEBB_APP%\obj\launcher.log" 2>&1 <nul
if errorlevel 1 goto failed
popd
type nul >"%HEBB_STAMP%"
:run
dotnet "%HEBB_DLL%" %*
exit /b %errorlevel%
:failed
popd
type "%HEBB_APP%\obj\launcher.log" 1>&2
echo hebb: the tool could not be built from %HEBB_ROOT%; the errors are above. 1>&2
exit /b 1
