@echo off
rem The gate on Windows. Untested so far: written beside ./test. ffmpeg must be on PATH (winget install Gyan.FFmpeg).
setlocal
cd /d "%~dp0"
dotnet restore --locked-mode -v q || exit /b 1
dotnet format --no-restore --verify-no-changes || exit /b 1
dotnet build --no-restore -v q -warnaserror || exit /b 1
dotnet test --solution Dailies.slnx --no-build %*
exit /b %errorlevel%
