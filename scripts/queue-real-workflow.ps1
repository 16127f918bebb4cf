<#
.SYNOPSIS
Renders a story with a workflow of your own on a real ComfyUI: dailies run.

.DESCRIPTION
Needs -ComfyUrl and -Workflow; run-comfyui-e2e.ps1 has the remaining parameters of dailies run.
Each parameter is the option of dailies run with the same name: -SceneRetryBudget is --scene-retry-budget. What each does and allows: dailies run --help.
Values are judged by the program. What is not given here comes from the environment, then from dailies.json, then from the defaults.
Exit code 0: a take of every scene; 1: some failed, or the contract is broken; 2: wrong usage; 3: the station stops the run; 4: internal error; 130 and 143: ended by a signal.

.PARAMETER Story
A .fountain or story.json file, or a folder. Default: the lighthouse example.

.PARAMETER ComfyUrl
The ComfyUI to render on, for example http://127.0.0.1:8188.

.PARAMETER Workflow
A workflow in API format.

.PARAMETER Set
A value in the workflow, for example checkpoint=sd15.safetensors.

.PARAMETER FastIteration
Shorter defaults for trying things out; explicit values win.

.PARAMETER RunsDir
The folder that the run makes its own folder in. Default: logs.

.PARAMETER RunDir
Refused: older scripts named the folder of one run so; here each run names its own.

.EXAMPLE
./scripts/queue-real-workflow.ps1 -Story story.fountain -ComfyUrl http://127.0.0.1:8188 -Workflow shot.json -Scenes 1-3
#>
[CmdletBinding(PositionalBinding = $false)]
param(
    [Parameter(Position = 0)] [string]$Story,
    [string[]]$ComfyUrl,
    [string]$Workflow,
    [string]$Scenes,
    [string[]]$Set,
    [string]$Seed,
    [string]$Name,

    [string]$RunsDir,
    [string]$RunDir,

    [string]$Collect,
    [string]$ComfyOutput,

    [string]$SceneRetryBudget,
    [string]$SceneMaxWaitSeconds,
    [string]$SceneHistoryMaxAttempts,
    [string]$SceneHistoryPollIntervalSeconds,
    [string]$ScenePostExecutionTimeoutSeconds,
    [object]$WaitForDoneMarker,
    [string]$DoneMarkerTimeoutSeconds,
    [string]$StabilitySeconds,
    [string]$StabilityRetries,
    [string]$StallTimeoutSeconds,
    [string]$SceneQueueWaitSeconds,
    [string]$Fps,
    [string]$ScanIntervalSeconds,
    [string]$StableSeconds,
    [string]$BelowFloor,
    [string]$Gate,
    [string]$GateDark,
    [string]$GateFlat,
    [string]$GateFrozen,
    [switch]$FastIteration
)

. "$PSScriptRoot/Dailies.ps1"
if (-not $ComfyUrl -or -not $Workflow) { Stop-Usage 'a real workflow needs -ComfyUrl <url> and -Workflow <file>' }
Invoke-DailiesRun $PSBoundParameters
exit $LASTEXITCODE
