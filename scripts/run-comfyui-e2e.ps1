<#
.SYNOPSIS
Renders a story under a queue policy and judges the run: dailies run.

.DESCRIPTION
Each parameter is the option of dailies run with the same name: -SceneRetryBudget is --scene-retry-budget. What each does and allows: dailies run --help.
Values are judged by the program. What is not given here comes from the environment, then from dailies.json, then from the defaults.
Exit code 0: a take of every scene; 1: some failed, or the contract is broken; 2: wrong usage; 3: the station stops the run; 4: internal error; 130 and 143: ended by a signal.

.PARAMETER Story
A .fountain or story.json file, or a folder. Default: the lighthouse example, drawn as storyboards by the embedded renderer unless -ComfyUrl names a station.

.PARAMETER ComfyUrl
The ComfyUI to render on, for example http://127.0.0.1:8188.

.PARAMETER Animatic
Draw storyboards with the embedded renderer.

.PARAMETER Workflow
A workflow in API format.

.PARAMETER FastIteration
Shorter defaults for trying things out; explicit values win.

.PARAMETER RunsDir
The folder that the run makes its own folder in. Default: logs.

.PARAMETER RunDir
Refused: older scripts named the folder of one run so; here each run names its own.

.EXAMPLE
./scripts/run-comfyui-e2e.ps1 -Story story.fountain -ComfyUrl http://127.0.0.1:8188 -Workflow shot.json -SceneRetryBudget 1 -SceneMaxWaitSeconds 600 -FastIteration
#>
[CmdletBinding(PositionalBinding = $false)]
param(
    [Parameter(Position = 0)] [string]$Story,
    [string[]]$ComfyUrl,
    [switch]$Animatic,
    [string]$Workflow,
    [string]$Scenes,
    [string[]]$Set,
    [string]$Seed,
    [string]$Name,
    [string]$From,
    [string]$Until,

    [string]$RunsDir,
    [string]$RunDir,
    [string]$PublicDir,
    [string]$ArchiveDir,
    [switch]$NoArchive,
    [switch]$ArchiveFrames,
    [switch]$NoChecks,
    [switch]$NoVideo,
    [switch]$AllowSleep,

    [string]$StationStart,
    [string]$StationStartTimeoutSeconds,
    [string]$Collect,
    [string]$ComfyOutput,
    [switch]$StationCleanup,

    [string]$LlmUrl,
    [string]$LlmHealthcheckUrl,
    [switch]$SkipLlmHealthcheck,
    [string]$LlmModel,
    [string]$LlmSeed,
    [string]$LlmTemperature,
    [string]$LlmTimeoutMs,

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
Invoke-DailiesRun $PSBoundParameters
exit $LASTEXITCODE
