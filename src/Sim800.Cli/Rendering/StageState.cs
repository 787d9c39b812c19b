namespace Sim800.Cli.Rendering;

/// <summary>How far a stage is.</summary>
internal enum StageState
{
    Started,
    Waiting,
    Completed,
    Failed,
}
