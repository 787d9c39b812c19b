using System.Reflection;
using System.Runtime.CompilerServices;

namespace Architecture.Tests;

/// <summary>Prints what an assembly shows to its users, one member a line, sorted.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    internal static IEnumerable<string> Of(Assembly assembly) =>
        assembly.GetExportedTypes()
            .SelectMany(type => Members(type).Prepend(Heading(type)))
            .Order(StringComparer.Ordinal);

    private static string Heading(Type type)
    {
        var bases = new[] { type.BaseType }
            .Where(parent => parent is not null && parent != typeof(object) && parent != typeof(ValueType))
            .Concat(type.GetInterfaces().OrderBy(face => face.Name, StringComparer.Ordinal))
            .Select(parent => TypeName.Of(parent!));
        var kind = type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct" : Modifier(type) + "class";
        return $"{TypeName.Of(type)} ({kind}) : {string.Join(", ", bases)}";
    }

    private static string Modifier(Type type) => type switch
    {
        { IsAbstract: true, IsSealed: true } => "static ",
        { IsAbstract: true } => "abstract ",
        { IsSealed: true } => "sealed ",
        _ => string.Empty,
    };

    private static IEnumerable<string> Members(Type type) =>
        type.GetMembers(Declared)
            .Where(IsVisible)
            .Where(member => !member.Name.Contains('<', StringComparison.Ordinal))
            .Select(member => Line(type, member))
            .OfType<string>()
            .Distinct(StringComparer.Ordinal);

    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
        FieldInfo field => (field.IsPublic || field.IsFamily) && !field.IsSpecialName,
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsVisible),
        _ => false,
    };

    private static string? Line(Type type, MemberInfo member)
    {
        var owner = TypeName.Of(type);
        return member switch
        {
            ConstructorInfo { IsStatic: true } => null,
            ConstructorInfo constructor => $"{owner}.new({Parameters(constructor)})",
            MethodInfo { IsSpecialName: true } => null,
            MethodInfo method => $"{owner}.{Static(method)}{method.Name}{Generics(method)}({Parameters(method)}) -> {TypeName.Of(method.ReturnType)}",
            PropertyInfo property => $"{owner}.{property.Name} {{ {Accessors(property)} }} -> {TypeName.Of(property.PropertyType)}",
            FieldInfo { IsLiteral: true } field => $"{owner}.{field.Name} = {field.GetRawConstantValue()}",
            FieldInfo field => $"{owner}.{field.Name} -> {TypeName.Of(field.FieldType)}",
            _ => null,
        };
    }

    private static string Static(MethodInfo method) => method.IsStatic ? "static " : string.Empty;

    private static string Generics(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(TypeName.Of))}>" : string.Empty;

    private static string Accessors(PropertyInfo property)
    {
        var names = property.GetAccessors(nonPublic: true)
            .Where(IsVisible)
            .Select(accessor => accessor.ReturnType != typeof(void) ? "get;" : IsInit(accessor) ? "init;" : "set;");
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : string.Empty;
        return required + string.Join(' ', names);
    }

    private static bool IsInit(MethodInfo setter) =>
        setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(parameter =>
            $"{TypeName.Of(parameter.ParameterType)} {parameter.Name}{(parameter.IsOptional ? " = " + (parameter.RawDefaultValue ?? "default") : string.Empty)}"));
}
