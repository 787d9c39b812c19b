namespace Sim800.Fuzz;

/// <summary>Takes pieces out of a failing input as long as it fails.</summary>
internal static class Minimiser
{
    private const int MostTries = 4000;

    internal static async Task<byte[]> MinimiseAsync(byte[] input, Func<byte[], Task<bool>> fails)
    {
        var tries = 0;
        for (var size = Math.Max(1, input.Length / 2); size > 0; size /= 2)
        {
            for (var at = 0; at < input.Length && tries < MostTries;)
            {
                byte[] shorter = [.. input.AsSpan(0, at), .. input.AsSpan(Math.Min(input.Length, at + size))];
                tries++;
                if (await fails(shorter))
                {
                    input = shorter;
                }
                else
                {
                    at += size;
                }
            }
        }

        return input;
    }
}
