using System.Globalization;
using Sim800.Modem;

namespace Quickstart;

/// <summary>Shows each stage of the way as it happens and how long it took: in colour on a terminal, plain in a file.</summary>
internal sealed class StageView(TextWriter output, bool hasColour) : IProgress<Sim800Progress>
{
    private const string Red = "\e[31m";
    private const string Green = "\e[32m";
    private const string Cyan = "\e[36m";
    private const string Faint = "\e[2m";
    private const string Plain = "\e[0m";
    private const string EraseLine = "\r\e[K";

    private readonly Lock _gate = new();

    public void Report(Sim800Progress value)
    {
        var stage = $"  {Name(value.Stage),-8} ";
        lock (_gate)
        {
            switch (value.Kind)
            {
                case Sim800ProgressKind.Completed:
                    Line(Green, stage + (value.Detail ?? "ready"), value.Elapsed);
                    break;
                case Sim800ProgressKind.Failed:
                    Line(Red, stage + "failed", value.Elapsed); // why comes at the end
                    break;
                default:
                    ShowUnderWay(stage + (value.Detail ?? "..."));
                    break;
            }
        }
    }

    internal void Title(string text)
    {
        lock (_gate)
        {
            output.WriteLine(text);
        }
    }

    internal void Sent(string topic, string payload, TimeSpan acknowledgedAfter)
    {
        lock (_gate)
        {
            Line(Plain, $"  -> {topic} {payload}", acknowledgedAfter);
        }
    }

    internal void Received(string topic, string payload)
    {
        lock (_gate)
        {
            output.WriteLine(hasColour ? $"{EraseLine}{Cyan}  <- {topic} {payload}{Plain}" : $"  <- {topic} {payload}");
        }
    }

    private static string Name(Sim800Stage stage) => stage switch
    {
        Sim800Stage.Sim or Sim800Stage.Gprs or Sim800Stage.Tcp or Sim800Stage.Tls or Sim800Stage.Mqtt => stage.ToString().ToUpperInvariant(),
        _ => stage.ToString().ToLowerInvariant(),
    };

    private void ShowUnderWay(string text)
    {
        if (hasColour)
        {
            output.Write($"{EraseLine}{Faint}{text}{Plain}");
        }
    }

    private void Line(string colour, string text, TimeSpan took)
    {
        var seconds = string.Create(CultureInfo.InvariantCulture, $"{took.TotalSeconds,6:0.00} s");
        output.WriteLine(hasColour ? $"{EraseLine}{colour}{text,-58}{Plain} {seconds}" : $"{text,-58} {seconds}");
    }
}
