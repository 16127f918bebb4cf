#!/usr/bin/env bash
# The manual checklist of the telemetry contract, made for real: renders the lighthouse on the embedded renderer with retry budget 1 and max wait 600, looks for each named part in
# every scene's telemetry line and in the metadata, lets the validator judge the run, and prints docs/validation/<date>.md. Exit 0: every check held.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

parts="DurationSeconds MaxWaitSeconds PollIntervalSeconds HistoryAttempts HistoryAttemptLimit pollLimit SceneRetryBudget ExecutionSuccessAt HistoryExitReason GPU VRAMBeforeMB VRAMAfterMB VRAMDeltaMB"
fields="DurationSeconds MaxWaitSeconds PollIntervalSeconds HistoryAttempts HistoryAttemptLimit SceneRetryBudget ExecutionSuccessAt HistoryExitReason GPU VramBeforeMB VramAfterMB VramDeltaMB FallbackNotes"
page="$root/docs/validation/$(date -u +%F).md"
failed=0
rows=""

check() { # what was looked at, what was seen, whether it held
  rows+="| $1 | $2 | $([ "$3" = 0 ] && echo yes || echo "**no**") |"$'\n'
  [ "$3" = 0 ] || failed=$((failed + 1))
}

holds() { if "$@"; then echo 0; else echo 1; fi; }

version=$("$root/run" --version)
run_code=0
"$root/run" run "$root/examples/lighthouse" --animatic --scene-retry-budget 1 --scene-max-wait-seconds 600 > run.txt 2>&1 || run_code=$?
check "the run" "exit code $run_code, $(grep -oE '[0-9]+ of [0-9]+ have a take' run.txt | tail -1)" "$run_code"

summary=$(ls logs/*/run-summary.txt)
metadata=$(ls logs/*/artifact-metadata.json)
grep -F '] Telemetry: ' "$summary" | sed 's/^\[[^]]*\] //' > lines.txt
scenes=$(wc -l < lines.txt | tr -d ' ')

for part in $parts; do
  seen=$(grep -cE "(: |\| )$part=[^ |]" lines.txt || true)
  noted=$(grep -vE "(: |\| )$part=[^ |]" lines.txt | grep -cE "\| fallback=." || true)
  case $part in
    VRAM*) check "\`$part\` in the telemetry line" "$seen of $scenes lines; $noted without it have a fallback note" "$(holds [ $((seen + noted)) = "$scenes" ])" ;;
    *) check "\`$part\` in the telemetry line" "$seen of $scenes lines: $(grep -oE "(: |\| )$part=[^|]*" lines.txt | head -1 | sed -E 's/^(: |\| )//; s/ *$//; s/.*/`&`/')" "$(holds [ "$seen" = "$scenes" ])" ;;
  esac
done

check "max wait 600 and retry budget 1 are in force" "$(grep -oE 'Queue policy: .*' "$summary")" "$(holds grep -qE 'Queue policy: sceneRetries=1, historyMaxWait=600s,' "$summary")"
for field in $fields; do
  seen=$(grep -cE "^ *\"$field\": " "$metadata" || true)
  check "\`$field\` in artifact-metadata.json" "$seen times" "$(holds [ "$seen" -ge "$scenes" ])"
done

cmp -s "$metadata" public/artifacts/latest-run.json && same=0 || same=1
check "latest-run.json" "$([ $same = 0 ] && echo "the same bytes as the metadata" || echo "differs from the metadata")" "$same"
validate_code=0
"$root/run" validate latest > validate.txt 2>&1 || validate_code=$?
check "the validator" "exit code $validate_code: $(tail -1 validate.txt)" "$validate_code"

mkdir -p "$(dirname "$page")"
cat > "$page" <<PAGE
# The manual checklist, $(date -u +%F)

Printed by \`eng/validation-checklist.sh\`, which made the run and looked at each line of this table. Program: $version.
Command: \`./run run examples/lighthouse --animatic --scene-retry-budget 1 --scene-max-wait-seconds 600\`, on $(uname -sm), $(nproc 2>/dev/null || echo "?") cores, no GPU: the embedded renderer draws storyboards, so its durations and memory are those of this machine's CPU.

| looked at | seen | held |
|---|---|---|
${rows}
Checks that did not hold: $failed.

## The telemetry lines

$(sed 's/^/    /' lines.txt)

## What the validator said

$(sed 's/^/    /' validate.txt)
PAGE

echo "$page: $failed checks did not hold"
[ $failed = 0 ]
