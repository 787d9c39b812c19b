namespace Sim800.Fuzz;

/// <summary>DER as a tree, to be changed at a node and written anew, so that all lengths around it are right.</summary>
internal sealed class DerTree
{
    private readonly List<Node> _roots;

    internal DerTree(byte[] der) => _roots = Parse(der) ?? [new Node(0x04, der, null)];

    internal byte[] Mutated(Dice dice)
    {
        for (var changes = dice.Small(1, 3); changes > 0; changes--)
        {
            var all = new List<(List<Node> Of, int At)>();
            Gather(_roots, all);
            if (all.Count > 0)
            {
                Change(all, dice);
            }
        }

        return [.. _roots.SelectMany(Write)];
    }

    private static void Change(List<(List<Node> Of, int At)> all, Dice dice)
    {
        var (of, at) = dice.Of(all);
        var node = of[at];
        switch (dice.Below(8))
        {
            case 0:
                of.RemoveAt(at);
                break;
            case 1:
                of.Insert(at, Copy(node));
                break;
            case 2:
                of[at] = node with { Tag = dice.OneIn(2) ? dice.Octet() : (byte)(node.Tag ^ (1 << dice.Below(8))) };
                break;
            case 3:
                var (otherOf, otherAt) = dice.Of(all);
                of[at] = Copy(otherOf[otherAt]);
                break;
            case 4:
                of[at] = new Node(node.Tag, dice.Octets(dice.Small(0, 40)), null);
                break;
            case 5 when node.Content.Length > 0:
                byte[] changed = [.. node.Content];
                changed[dice.Below(changed.Length)] = dice.Octet();
                of[at] = new Node(node.Tag, changed, null);
                break;
            case 6:
                of[at] = node with { Children = Copies(node, dice.Small(1, 60)) };
                break;
            default:
                of[at] = new Node(0x30, [], Copies(node, dice.Small(0, 2)));
                break;
        }
    }

    /// <summary>No node stands below itself.</summary>
    private static Node Copy(Node node) => node with { Children = node.Children?.ConvertAll(Copy) };

    private static List<Node> Copies(Node node, int count) => [.. Enumerable.Range(0, count).Select(_ => Copy(node))];

    private static void Gather(List<Node> nodes, List<(List<Node> Of, int At)> all)
    {
        for (var i = 0; i < nodes.Count; i++)
        {
            all.Add((nodes, i));
            if (nodes[i].Children is { } children)
            {
                Gather(children, all);
            }
        }
    }

    private static List<Node>? Parse(ReadOnlySpan<byte> der)
    {
        var nodes = new List<Node>();
        while (!der.IsEmpty)
        {
            if (der.Length < 2 || !TryReadLength(der[1..], out var length, out var size) || der.Length < 1 + size + length)
            {
                return null;
            }

            var content = der.Slice(1 + size, length);
            // Octet strings of extensions hold DER too; a bit string begins with the count of its unused bits.
            var isTree = (der[0] & 0x20) != 0 || (der[0] == 0x04 && content.Length > 1);
            nodes.Add(new Node(der[0], content.ToArray(), isTree ? Parse(content) : null));
            der = der[(1 + size + length)..];
        }

        return nodes;
    }

    private static bool TryReadLength(ReadOnlySpan<byte> der, out int length, out int size)
    {
        (length, size) = (der[0], 1);
        if (length < 0x80)
        {
            return true;
        }

        var count = length & 0x7F;
        if (count is 0 or > 3 || der.Length <= count)
        {
            return false;
        }

        length = 0;
        foreach (var octet in der.Slice(1, count))
        {
            length = (length << 8) | octet;
        }

        size = 1 + count;
        return true;
    }

    private static byte[] Write(Node node)
    {
        var content = node.Children is { } children ? children.SelectMany(Write).ToArray() : node.Content;
        byte[] length = content.Length switch
        {
            < 0x80 => [(byte)content.Length],
            < 0x100 => [0x81, (byte)content.Length],
            < 0x10000 => [0x82, (byte)(content.Length >> 8), (byte)content.Length],
            _ => [0x83, (byte)(content.Length >> 16), (byte)(content.Length >> 8), (byte)content.Length],
        };
        return [node.Tag, .. length, .. content];
    }

    private sealed record Node(byte Tag, byte[] Content, List<Node>? Children);
}
