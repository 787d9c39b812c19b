using System.IO.Pipelines;

namespace TestKit;

/// <summary>Two ends of an in-memory line: what one end writes the other reads.</summary>
public sealed class DuplexPipePair
{
    public DuplexPipePair(PipeOptions? options = null)
    {
        var (leftToRight, rightToLeft) = (new Pipe(options ?? PipeOptions.Default), new Pipe(options ?? PipeOptions.Default));
        Left = new End(rightToLeft.Reader, leftToRight.Writer);
        Right = new End(leftToRight.Reader, rightToLeft.Writer);
    }

    public IDuplexPipe Left { get; }

    public IDuplexPipe Right { get; }

    private sealed record End(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
