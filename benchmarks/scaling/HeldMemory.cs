using System.Reflection;
using System.Runtime.CompilerServices;

namespace Cell3D.Benchmarks.Scaling;

/// <summary>Arrays that an object keeps alive, by the field that holds them.</summary>
public static class HeldMemory
{
    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Bytes of all arrays that can be reached, largest first; an array counts for the field through which it is met first.</summary>
    public static IReadOnlyList<(string Holder, long Bytes)> Of(object root)
    {
        Dictionary<string, long> bytes = [];
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        Queue<(object Value, string Holder)> open = new([(root, "")]);
        while (open.TryDequeue(out (object Value, string Holder) next))
        {
            if (!next.Value.GetType().IsValueType && !seen.Add(next.Value))
                continue;
            if (next.Value is Array array)
            {
                Type element = array.GetType().GetElementType()!;
                bytes[next.Holder] = bytes.GetValueOrDefault(next.Holder) + (array.LongLength * RuntimeHelpers.SizeOf(element.TypeHandle));
                if (!IsPlain(element))
                    foreach (object? item in array)
                        if (item is not null)
                            open.Enqueue((item, next.Holder));
                continue;
            }
            foreach ((string name, object value) in Parts(next.Value))
                open.Enqueue((value, next.Value.GetType().IsValueType ? next.Holder : name));
        }
        return [.. bytes.Select(entry => (entry.Key, entry.Value)).OrderByDescending(entry => entry.Value)];
    }

    /// <summary>What the fields of an object refer to.</summary>
    private static IEnumerable<(string Name, object Value)> Parts(object owner)
    {
        for (Type? type = owner.GetType(); type is not null; type = type.BaseType)
            foreach (FieldInfo field in type.GetFields(Fields))
                if (!IsPlain(field.FieldType) && field.GetValue(owner) is { } value)
                    yield return ($"{Plain(type.Name)}.{Plain(field.Name)}", value);
    }

    /// <summary>Without the marks of the compiler: "Layout" for the field behind the property.</summary>
    private static string Plain(string name) => name.Split('`')[0].TrimStart('_', '<').Split('>')[0];

    private static bool IsPlain(Type type) =>
        type.IsPrimitive || type.IsEnum || type.IsPointer || type == typeof(string) || typeof(MemberInfo).IsAssignableFrom(type)
        || (type.IsValueType && type.GetFields(Fields).All(field => field.FieldType != type && IsPlain(field.FieldType)));
}
