<#
.SYNOPSIS
Judges run folders by their files: dailies validate.

.DESCRIPTION
Compares run-summary.txt, artifact-metadata.json and the files of each run with the contract and with each other, and prints every finding.
Exit code 0: the contract is kept; 1: it is broken; 2: there is no such run, or it is no run folder.

.PARAMETER RunDir
Run folders, run ids, or latest (the default).

.PARAMETER RunsDir
Where run ids and latest are looked for. Default: logs.

.PARAMETER Format
text or json.

.EXAMPLE
./scripts/validate-run-summary.ps1 -RunDir logs/20261123-221507
#>
[CmdletBinding(PositionalBinding = $false)]
param(
    [Parameter(Position = 0)] [string[]]$RunDir = 'latest',
    [string]$RunsDir,
    [string]$Format
)

. "$PSScriptRoot/Dailies.ps1"
Invoke-Dailies (@('validate') + $RunDir + @(ConvertTo-DailiesOption $PSBoundParameters -Except RunDir))
exit $LASTEXITCODE
