<#
.SYNOPSIS
Shows the post-run checks of a run, from its vitest-results.json.

.DESCRIPTION
The checks themselves are made at the end of each run (dailies run, unless -NoChecks). This prints one line for each suite.
The exit code is the highest among the suites, so 0 means that all are well; 2 also means that there is no such run, or that it has no checks.

.PARAMETER RunDir
A run folder, a run id, or latest (the default).

.PARAMETER RunsDir
Where a run id and latest are looked for.

.EXAMPLE
./scripts/run-vitests.ps1 -RunDir logs/20261123-221507
#>
[CmdletBinding(PositionalBinding = $false)]
param(
    [Parameter(Position = 0)] [string]$RunDir = 'latest',
    [string]$RunsDir = 'logs'
)

. "$PSScriptRoot/Dailies.ps1"
if ($RunDir -ceq 'latest') {
    # Which run is the newest is the program's word.
    $lines = @(Invoke-Dailies 'runs', 'list', '--json', '--last=1', "--runs-dir=$RunsDir" | Where-Object { $_ -like '{*' })
    if ($lines.Count -eq 0) { Stop-Usage "there is no run in $RunsDir" }
    $RunDir = (ConvertFrom-JsonBytes ([Text.Encoding]::UTF8.GetBytes($lines[0]))).SelectSingleNode('runId').InnerText
}

$file = @($RunDir, [IO.Path]::Combine($RunsDir, $RunDir)) |
    ForEach-Object { [IO.Path]::Combine((Resolve-Folder $_), 'vitest-results.json') } |
    Where-Object { [IO.File]::Exists($_) }
if (-not $file) { Stop-Usage "$($RunDir): no vitest-results.json there, nor below $($RunsDir): no such run, or one without checks" }
$file = @($file)[0]
try { $suites = @((ConvertFrom-JsonBytes ([IO.File]::ReadAllBytes($file))).SelectNodes('suites/item')) }
catch { Stop-Usage "$file can't be read: $($_.Exception.GetBaseException().Message)" }
if ($suites.Count -eq 0) { Stop-Usage "$file names no suites" }

$highest = 0
'{0,-16} {1,9} {2,10}  {3}' -f 'suite', 'exit code', 'duration', 'log'
foreach ($suite in $suites) {
    $code = [int]$suite.SelectSingleNode('ExitCode').InnerText
    # On Windows a program that crashed ends with a negative code.
    $highest = [Math]::Max($highest, $(if ($code -lt 0) { 1 } else { $code }))
    '{0,-16} {1,9} {2,7} ms  {3}' -f $suite.SelectSingleNode('Suite').InnerText, $code, $suite.SelectSingleNode('DurationMs').InnerText, $suite.SelectSingleNode('LogPath').InnerText
}

exit $highest
