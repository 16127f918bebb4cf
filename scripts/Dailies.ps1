# What the scripts beside this file share: finding the program, turning parameters into options, starting it. Dot-sourced, never run by itself.
# Only cmdlets of Microsoft.PowerShell.Core are used, and nothing that Windows PowerShell 5.1 does not know.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# Parameters whose option has another name.
$OptionNames = @{ ComfyUrl = '--comfy' }

# Ends the calling script as wrong usage ends the program.
function Stop-Usage([string]$Words) {
    $Host.UI.WriteErrorLine("dailies: $Words")
    exit 2
}

# The program as words to start.
function Get-DailiesProgram {
    if ($env:DAILIES) {
        if ($env:DAILIES -like '*.dll') { return 'dotnet', $env:DAILIES }
        return $env:DAILIES
    }

    $root = [IO.Path]::GetDirectoryName($PSScriptRoot)
    $windows = [IO.Path]::DirectorySeparatorChar -eq '\'
    $run = [IO.Path]::Combine($root, $(if ($windows) { 'run.cmd' } else { 'run' }))
    if (-not [IO.File]::Exists($run)) { Stop-Usage "no program: there is no $run, and the variable DAILIES names none" }
    if (-not $windows) { return $run }

    # run.cmd builds what is out of date, but words that pass through cmd.exe lose their % and ^, and end at &.
    & $run --version | Out-Null
    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
    return 'dotnet', [IO.Path]::Combine($root, 'artifacts\bin\Dailies.Cli\release\Dailies.Cli.dll')
}

# -SceneRetryBudget 1 -FastIteration as --scene-retry-budget=1 --fast-iteration. What is not bound is not said, so environment and dailies.json still count.
# The scripts take numbers as text: PowerShell would round 1.5 to a whole 2, and would refuse a word with an exit code that is not ours.
function ConvertTo-DailiesOption([Collections.IDictionary]$Bound, [string[]]$Except = @()) {
    foreach ($name in $Bound.Keys) {
        if ($Except -contains $name -or [Management.Automation.Cmdlet]::CommonParameters -contains $name) { continue }
        $option = if ($OptionNames.ContainsKey($name)) { $OptionNames[$name] } else { '--' + ($name -creplace '(?<=.)(?=[A-Z])', '-').ToLowerInvariant() }
        foreach ($value in $Bound[$name]) {
            if ($value -is [Management.Automation.SwitchParameter] -and $value) { $option }
            elseif ($value -is [Management.Automation.SwitchParameter] -or $value -is [bool]) { "$option=$("$value".ToLowerInvariant())" }
            else { "$option=$value" }
        }
    }
}

# Folders in full, as PowerShell names them: ~ and its own current folder, which .NET does not know.
function Resolve-Folder([string[]]$Folder) {
    $Folder | Where-Object { $_ } | ForEach-Object { $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($_) }
}

# Windows PowerShell, and 7 where it is told to, pass words on without escaping the quotes in them; 5.1 a last backslash neither.
function ConvertTo-PassedWord([string]$Word) {
    $passing = $ExecutionContext.SessionState.PSVariable.GetValue('PSNativeCommandArgumentPassing')
    if ($null -ne $passing -and "$passing" -ne 'Legacy') { return $Word }
    $escaped = $Word -replace '(\\*)"', '$1$1\"'
    if ($PSVersionTable.PSVersion.Major -lt 6 -and $escaped -match '\s') { $escaped = $escaped -replace '(\\+)$', '$1$1' }
    return $escaped
}

# Starts the program; its exit code is in $LASTEXITCODE.
function Invoke-Dailies([string[]]$Words) {
    # Else its words on the error side, or its exit code, could become an exception.
    $ErrorActionPreference = 'Continue'
    $PSNativeCommandUseErrorActionPreference = $false
    $program, $first = Get-DailiesProgram
    $passed = @(@($first) + $Words | Where-Object { $null -ne $_ } | ForEach-Object { ConvertTo-PassedWord $_ })
    try { & $program @passed }
    catch { Stop-Usage "$program does not start: $($_.Exception.Message)" }
}

# dailies run with what the calling script was told.
function Invoke-DailiesRun([Collections.IDictionary]$Bound) {
    if ($Bound.Keys -contains 'RunDir') { Stop-Usage '-RunDir: each run makes its own folder; -RunsDir names the folder that it is made in' }
    $story = if ($Bound.Keys -contains 'Story') { $Bound['Story'] } else { [IO.Path]::Combine([IO.Path]::GetDirectoryName($PSScriptRoot), 'examples', 'lighthouse') }
    Invoke-Dailies (@('run', $story) + @(ConvertTo-DailiesOption $Bound -Except Story))
}

# JSON as the XML that .NET reads it as, <root><name type="array"><item>. ConvertFrom-Json is no core cmdlet.
function ConvertFrom-JsonBytes([byte[]]$Bytes) {
    [void][Reflection.Assembly]::LoadWithPartialName('System.Runtime.Serialization')
    $xml = [Xml.XmlDocument]::new()
    $xml.Load([Runtime.Serialization.Json.JsonReaderWriterFactory]::CreateJsonReader($Bytes, [Xml.XmlDictionaryReaderQuotas]::Max))
    if ($null -eq $xml.DocumentElement) { throw 'no JSON' }
    return $xml.DocumentElement
}
