<#
.SYNOPSIS
Asks the LLM server whether it is there and which models it has.

.DESCRIPTION
The contract's health check: GET <provider>/v1/models, 5 seconds, and any 2xx with data[] or models[] is success. Where no parameter is given, the variables
LOCAL_STORY_PROVIDER_URL, LOCAL_LLM_HEALTHCHECK_URL and LOCAL_LLM_SKIP_HEALTHCHECK count; dailies.json is not read.
Exit code 0: success, or nothing to ask; 2: no http url; 3: failed.

.PARAMETER LlmUrl
The provider, for example http://127.0.0.1:1234/v1/chat/completions.

.PARAMETER LlmHealthcheckUrl
What to ask instead of the provider's /v1/models.

.PARAMETER SkipLlmHealthcheck
Ask nothing.

.EXAMPLE
./scripts/verify-llm-health.ps1 -LlmUrl http://127.0.0.1:1234/v1
#>
[CmdletBinding(PositionalBinding = $false)]
param(
    [Parameter(Position = 0)] [string]$LlmUrl = $env:LOCAL_STORY_PROVIDER_URL,
    [string]$LlmHealthcheckUrl = $env:LOCAL_LLM_HEALTHCHECK_URL,
    [switch]$SkipLlmHealthcheck = ($env:LOCAL_LLM_SKIP_HEALTHCHECK -match '^\s*(1|true|yes|on)\s*$')
)

. "$PSScriptRoot/Dailies.ps1"
if ($SkipLlmHealthcheck) { '[LLM] Health check skipped by operator request'; exit 0 }
if (-not $LlmUrl -and -not $LlmHealthcheckUrl) { '[LLM] Health check skipped (no local provider configured)'; exit 0 }

$asked = $(if ($LlmHealthcheckUrl) { $LlmHealthcheckUrl } else { $LlmUrl }) -as [Uri]
if ($null -eq $asked -or -not $asked.IsAbsoluteUri -or $asked.Scheme -notmatch '^https?$') { Stop-Usage 'the url of the LLM server is not one that begins with http:// or https://' }
$url = [UriBuilder]$asked
$url.UserName = $url.Password = ''
if (-not $LlmHealthcheckUrl) {
    $url.Path = if ($asked.AbsolutePath -cmatch '^(.*)/v1(/chat/completions)?/?$') { "$($Matches[1])/v1/models" } else { '/v1/models' }
    $url.Query = $url.Fragment = ''
}

$shown = $url.Uri.AbsoluteUri
$override = if ($LlmHealthcheckUrl) { $shown } else { 'default' }
[void][Reflection.Assembly]::LoadWithPartialName('System.Net.Http')
$client = [Net.Http.HttpClient]::new()
try {
    $client.Timeout = [TimeSpan]::FromSeconds(5)
    $client.MaxResponseContentBufferSize = 16MB
    $answer = $client.GetAsync($url.Uri).GetAwaiter().GetResult()
    if (-not $answer.IsSuccessStatusCode) { throw "HTTP $([int]$answer.StatusCode)" }
    try { $json = ConvertFrom-JsonBytes $answer.Content.ReadAsByteArrayAsync().GetAwaiter().GetResult() } catch { throw 'the answer is not JSON' }
    $list = $json.SelectSingleNode('(data|models)[@type="array"]')
    if ($null -eq $list) { throw 'the answer has neither data[] nor models[]' }
    "[LLM] Health check: success (url=$shown, models=$($list.SelectNodes('item').Count), override=$override)"
    if ($list.SelectNodes('item').Count -eq 0) { '[LLM] Warning: the server has no models loaded' }
    exit 0
}
catch [OperationCanceledException] { $fault = 'no answer within 5 seconds' }
catch { $fault = $_.Exception.GetBaseException().Message -replace '\s+', ' ' }
finally { $client.Dispose() }
"[LLM] Health check failed: $fault (url=$shown, override=$override)"
exit 3
