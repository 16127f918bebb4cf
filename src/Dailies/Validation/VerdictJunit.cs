using System.Globalization;
using System.Text;
using System.Xml;

namespace Dailies.Validation;

/// <summary>A report for CI as JUnit XML: a suite per run, a case per rule, so that a case keeps its name from night to night.
/// Warnings stand in a case's output, and fail it only in a strict report.</summary>
public static class VerdictJunit
{
    /// <summary>UTF-8 without BOM, ended by a line break.</summary>
    public static byte[] Write(VerdictReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" }))
        {
            xml.WriteStartElement("testsuites");
            Attribute(xml, "name", "dailies validate");
            var suites = report.Verdicts.Select(v => new Suite(report, v)).ToList();
            Counts(xml, suites.Sum(s => s.Tests), suites.Sum(s => s.Failures), suites.Sum(s => s.Errors), suites.Sum(s => s.Skipped));
            suites.ForEach(s => s.Write(xml));
            xml.WriteEndElement();
        }

        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    private static void Counts(XmlWriter xml, int tests, int failures, int errors, int skipped)
    {
        foreach (var (name, count) in new[] { ("tests", tests), ("failures", failures), ("errors", errors), ("skipped", skipped) })
        {
            Attribute(xml, name, count.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static void Attribute(XmlWriter xml, string name, string value) => xml.WriteAttributeString(name, Whole(value));

    // XML 1.0 has no place for these, not even escaped.
    private static string Whole(string text)
    {
        var whole = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                whole.Append(c).Append(text[++i]);
            }
            else if (XmlConvert.IsXmlChar(c))
            {
                whole.Append(c);
            }
            else
            {
                whole.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            }
        }

        return whole.ToString();
    }

    private sealed class Suite
    {
        private readonly VerdictReport _report;
        private readonly Verdict _verdict;
        private readonly ILookup<string, Finding> _findings;
        private readonly bool _isOld;

        public Suite(VerdictReport report, Verdict verdict)
        {
            (_report, _verdict) = (report, verdict);
            _findings = verdict.Findings.ToLookup(f => f.Rule.Code);
            _isOld = _findings.Contains(RuleCatalogue.VersionOne.Code);
            Failures = RuleCatalogue.All.Count(Fails);
            Skipped = Errors == 0 ? RuleCatalogue.All.Count(IsSkipped) : 0;
        }

        public int Tests => Errors == 0 ? RuleCatalogue.All.Count : 1;

        public int Failures { get; }

        public int Errors => _verdict.Standing == Standings.Unreadable ? 1 : 0;

        public int Skipped { get; }

        public void Write(XmlWriter xml)
        {
            xml.WriteStartElement("testsuite");
            Attribute(xml, "name", _verdict.RunFolder);
            Counts(xml, Tests, Failures, Errors, Skipped);
            xml.WriteStartElement("properties");
            foreach (var (name, value) in new[] { ("runId", _verdict.RunId ?? ""), ("standing", _report.StandingOf(_verdict)) })
            {
                xml.WriteStartElement("property");
                Attribute(xml, "name", name);
                Attribute(xml, "value", value);
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
            if (Errors > 0)
            {
                Case(xml, "dailies", "a run folder", () => Told(xml, "error", "not a run folder", "unreadable", _verdict.RunFolder));
            }
            else
            {
                foreach (var rule in RuleCatalogue.All)
                {
                    Case(xml, "dailies." + rule.Family, $"{rule.Code} {rule.Sentence}", () => Outcome(xml, rule));
                }
            }

            xml.WriteEndElement();
        }

        private bool Fails(Rule rule) => _findings.Contains(rule.Code) && (_report.Strict || rule.Severity == Severity.Error);

        // Of a version 1 folder only its own rules and those of presence are asked.
        private bool IsSkipped(Rule rule) => _isOld && !_findings.Contains(rule.Code) && rule.Family is not ("presence" or "other");

        private void Outcome(XmlWriter xml, Rule rule)
        {
            if (IsSkipped(rule))
            {
                xml.WriteStartElement("skipped");
                Attribute(xml, "message", "a version 1 folder");
                xml.WriteEndElement();
            }
            else if (_findings.Contains(rule.Code))
            {
                var text = string.Concat(_findings[rule.Code].Select(Words));
                if (Fails(rule))
                {
                    var count = _findings[rule.Code].Count();
                    Told(xml, "failure", $"{count.ToString(CultureInfo.InvariantCulture)} finding{(count == 1 ? "" : "s")}", rule.Severity == Severity.Error ? "error" : "warning", $"{text}{rule.Fix}\n");
                }
                else
                {
                    xml.WriteElementString("system-out", Whole(text));
                }
            }
        }

        private static string Words(Finding f) => $"{(f.SceneId is null ? "" : f.SceneId + ": ")}{f.File}{(f.Place.Length == 0 ? "" : ", " + f.Place)}: expected {f.Expected}, found {f.Found}\n";

        private static void Case(XmlWriter xml, string className, string name, Action outcome)
        {
            xml.WriteStartElement("testcase");
            Attribute(xml, "classname", className);
            Attribute(xml, "name", name);
            outcome();
            xml.WriteEndElement();
        }

        private static void Told(XmlWriter xml, string element, string message, string type, string text)
        {
            xml.WriteStartElement(element);
            Attribute(xml, "message", message);
            Attribute(xml, "type", type);
            xml.WriteString(Whole(text));
            xml.WriteEndElement();
        }
    }
}
