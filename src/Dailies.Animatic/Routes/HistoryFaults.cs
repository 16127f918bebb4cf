using System.Text;
using System.Text.Json.Nodes;
using Dailies.Animatic.Queueing;
using Microsoft.AspNetCore.Http;

namespace Dailies.Animatic.Routes;

/// <summary>What goes wrong with the answer of GET /history/{id}.</summary>
internal sealed class HistoryFaults(FaultPlan faults, HeldAnswers held)
{
    private const int Padding = 50_000_000;

    /// <summary>The answer with one entry, spoilt as the plan says.</summary>
    public IResult Answer(string id, JsonObject entry)
    {
        var extra = entry[AnimaticWire.Prompt]![3]!.AsObject();
        var tag = QueuedPrompt.TagOf((extra[AnimaticWire.PngInfo] as JsonObject)?[AnimaticWire.Dailies] as JsonObject, id);
        if (faults.Bites(FaultKind.HalfOpenHistory, tag))
        {
            return new NoAnswer(held);
        }

        if (faults.Bites(FaultKind.HugeHistory, tag))
        {
            extra["padding"] = new string('x', Padding);
        }

        var bareNan = faults.Bites(FaultKind.BareNan, tag);
        if (bareNan)
        {
            extra["loss"] = "NaN";
        }

        var text = AnimaticWire.Text(new JsonObject { [id] = entry });
        text = bareNan ? text.Replace("\"loss\":\"NaN\"", "\"loss\":NaN", StringComparison.Ordinal) : text;
        return Results.Text(faults.Bites(FaultKind.TruncatedJson, tag) ? text[..(text.Length / 2)] : text, "application/json", Encoding.UTF8);
    }
}
