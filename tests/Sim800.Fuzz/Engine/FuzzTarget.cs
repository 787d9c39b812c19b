using System.Text;

namespace Sim800.Fuzz;

/// <summary>A part of the product that reads what others have written, and what has to hold whatever that is.</summary>
internal abstract class FuzzTarget
{
    private IReadOnlyList<byte[]>? _seeds;

    /// <summary>As it is given to <c>--target</c>, and the name of its files.</summary>
    internal abstract string Name { get; }

    /// <summary>How many inputs a test run tries: a second or two.</summary>
    internal abstract int Inputs { get; }

    /// <summary>What the memory of one input may be, however short it is.</summary>
    internal virtual long FixedBytes => 64 * 1024;

    /// <summary>What may be allocated for each byte of it.</summary>
    internal virtual long BytesPerByte => 256;

    internal virtual int Longest => 4096;

    /// <summary>How long one input may keep it, on a machine that does much else: nothing takes a hundredth of it.</summary>
    internal virtual TimeSpan Patience => TimeSpan.FromSeconds(30);

    /// <summary>What its inputs are made of.</summary>
    internal virtual IReadOnlyList<string> Words => [];

    /// <summary>What no exception may say.</summary>
    internal virtual IReadOnlyList<string> Secrets => [];

    /// <summary>Good inputs: those of its file, and those that the product itself makes.</summary>
    internal IReadOnlyList<byte[]> Seeds => _seeds ??= [.. CorpusFile.Of("Corpus", Name), .. Made()];

    /// <summary>An input by the grammar.</summary>
    internal abstract byte[] Generate(Dice dice);

    /// <summary>Lets the product read the input. What it throws is judged by <see cref="IsTyped"/>.</summary>
    /// <exception cref="BrokenPropertyException">Something does not hold.</exception>
    internal abstract ValueTask RunAsync(byte[] input, CancellationToken cancellationToken);

    /// <summary>Whether the product says so that it may throw this.</summary>
    internal abstract bool IsTyped(Exception exception);

    /// <summary>Inputs that the product makes.</summary>
    internal virtual IEnumerable<byte[]> Made() => [];

    private protected static byte[] Text(string text) => Encoding.Latin1.GetBytes(text);

    private protected static string Text(byte[] bytes) => Encoding.Latin1.GetString(bytes);
}

/// <summary>Something that has to hold does not.</summary>
internal sealed class BrokenPropertyException(string what) : Exception(what);
