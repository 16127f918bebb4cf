<#
.SYNOPSIS
Lets the sentinel run as a service of this system: dailies service install sentinel.

.DESCRIPTION
Linux: a systemd unit of your own; macOS: a launch agent; Windows: NSSM, from an administrator's prompt. Look first with -DryRun: nothing is written and nothing is run.
Exit code 0: installed, or shown; 2: wrong usage, or a tool is missing.

.PARAMETER Dir
The folders that it watches, for ComfyUI its output folder.

.PARAMETER Folder
Where it works. Default: the folder that you stand in.

.PARAMETER DryRun
Only show what would be written and run.

.PARAMETER ScanIntervalSeconds
Its pause between two looks, in seconds.

.PARAMETER StableSeconds
How long nothing of a sequence may have changed, in seconds.

.PARAMETER MinFrames
Sequences with fewer frames are left unmarked.

.PARAMETER FastIteration
Shorter defaults.

.EXAMPLE
./scripts/install-sentinel-service.ps1 -Dir ~/ComfyUI/output -DryRun
#>
[CmdletBinding(PositionalBinding = $false)]
param(
    [Parameter(Position = 0)] [string[]]$Dir,
    [string]$Folder,
    [switch]$DryRun,
    [string]$ScanIntervalSeconds,
    [string]$StableSeconds,
    [string]$MinFrames,
    [switch]$FastIteration
)

. "$PSScriptRoot/Dailies.ps1"
if (-not $Dir) { Stop-Usage 'no folder to watch: say -Dir <folder>, for ComfyUI its output folder' }
$own = [ordered]@{}
foreach ($name in 'Folder', 'DryRun') {
    if ($PSBoundParameters.ContainsKey($name)) { $own[$name] = $PSBoundParameters[$name] }
}

# The service works elsewhere: its folders are named in full.
$PSBoundParameters['Dir'] = @(Resolve-Folder $Dir)
$sentinel = @(ConvertTo-DailiesOption $PSBoundParameters -Except Folder, DryRun)
Invoke-Dailies (@('service', 'install', 'sentinel') + @(ConvertTo-DailiesOption $own) + '--' + $sentinel)
exit $LASTEXITCODE
