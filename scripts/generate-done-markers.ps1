<#
.SYNOPSIS
Writes a done marker beside each image sequence that is whole: dailies sentinel --once.

.DESCRIPTION
One pass over the folders and what lies below them. A sequence that is too young is waited for, -StableSeconds at most.
Exit code 0: all was read and written; 2: no such folder, or wrong usage; 3: something could not be read or written.

.PARAMETER Dir
Folders, for ComfyUI its output folder.

.PARAMETER StableSeconds
How long nothing of a sequence may have changed, in seconds.

.PARAMETER MinFrames
Sequences with fewer frames are left unmarked.

.PARAMETER FastIteration
Shorter defaults.

.EXAMPLE
./scripts/generate-done-markers.ps1 -Dir ~/ComfyUI/output -MinFrames 25
#>
[CmdletBinding(PositionalBinding = $false)]
param(
    [Parameter(Position = 0)] [string[]]$Dir,
    [string]$StableSeconds,
    [string]$MinFrames,
    [switch]$FastIteration
)

. "$PSScriptRoot/Dailies.ps1"
$PSBoundParameters['Dir'] = @(Resolve-Folder $Dir)
Invoke-Dailies (@('sentinel', '--once') + @(ConvertTo-DailiesOption $PSBoundParameters))
exit $LASTEXITCODE
