@echo off
rem Dailies on Windows. Untested so far: written beside ./run, which says what it does.
setlocal
set "root=%~dp0"
dotnet --list-sdks 2>nul | findstr /b "10." >nul
if errorlevel 1 (
  echo Dailies needs the .NET 10 SDK: install it from https://dotnet.microsoft.com/download/dotnet/10.0 and start run again. 1>&2
  exit /b 2
)
dotnet build "%root%src\Dailies.Cli" -c Release -v q --nologo 1>&2
if errorlevel 1 exit /b 4
if "%~1"=="" (
  dotnet "%root%artifacts\bin\Dailies.Cli\release\Dailies.Cli.dll" run "%root%examples\lighthouse" --animatic
) else (
  dotnet "%root%artifacts\bin\Dailies.Cli\release\Dailies.Cli.dll" %*
)
exit /b %errorlevel%
