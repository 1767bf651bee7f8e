namespace Cell3D.Numerics;

/// <summary>A function y(u₁ … uₙ) of several inputs with its exact partial derivatives, evaluated over a batch.</summary>
/// <remarks>
/// Immutable and safe to share. Evaluation allocates nothing, so it may run inside the time loop. In a batch of m points the m values of the
/// first input come first, then those of the second, and so on; partials lie likewise: so a <see cref="Curve"/> is the case n = 1.
/// </remarks>
public abstract class Function
{
    /// <summary>n, the number of inputs.</summary>
    public abstract int Inputs { get; }

    /// <summary>Whether y depends on none of its inputs: laws then take the cheaper path.</summary>
    public bool IsConstant
    {
        get
        {
            for (int input = 0; input < Inputs; input++)
                if (DependsOn(input)) return false;
            return true;
        }
    }

    /// <summary>Whether y depends on an input; its partial is 0 everywhere where it does not.</summary>
    public virtual bool DependsOn(int input) => true;

    /// <summary>Fills y and ∂y/∂u at every point.</summary>
    /// <param name="inputs">n inputs of m points, input by input.</param>
    /// <param name="value">y of m points.</param>
    /// <param name="partials">∂y/∂u₁ of m points, then ∂y/∂u₂ …</param>
    public abstract void Evaluate(ReadOnlySpan<double> inputs, Span<double> value, Span<double> partials);

    /// <summary>y at one point.</summary>
    public double Value(params ReadOnlySpan<double> point)
    {
        Span<double> value = stackalloc double[1], partials = stackalloc double[Inputs];
        Evaluate(point, value, partials);
        return value[0];
    }

    /// <summary>∂y/∂u of one input as a function with partials of its own, where it is known.</summary>
    /// <exception cref="NotSupportedException">This function knows its first partials only.</exception>
    public virtual Function Partial(int input) => DependsOn(input)
        ? throw new NotSupportedException($"{GetType().Name} has no partials of its partials.")
        : Curve.Constant(0).Widened(Inputs);

    /// <summary>The same function with further inputs on which it does not depend.</summary>
    /// <param name="inputs">Inputs in all, at least <see cref="Inputs"/>.</param>
    public Function Widened(int inputs) => inputs == Inputs ? this : new WideFunction(this, inputs);

    /// <summary>Refuses spans that do not belong together.</summary>
    /// <exception cref="ArgumentException">Inputs and partials have not n numbers for each value.</exception>
    protected void CheckLengths(ReadOnlySpan<double> inputs, Span<double> value, Span<double> partials)
    {
        if (inputs.Length != Inputs * value.Length || partials.Length != inputs.Length)
            throw new ArgumentException($"inputs and partials need {Inputs} numbers for each value");
    }

    private sealed class WideFunction(Function narrow, int inputs) : Function
    {
        public override int Inputs => inputs;

        public override bool DependsOn(int input) => input < narrow.Inputs && narrow.DependsOn(input);

        public override Function Partial(int input) => input < narrow.Inputs ? narrow.Partial(input).Widened(inputs) : base.Partial(input);

        public override void Evaluate(ReadOnlySpan<double> inputs, Span<double> value, Span<double> partials)
        {
            CheckLengths(inputs, value, partials);
            int own = narrow.Inputs * value.Length;
            narrow.Evaluate(inputs[..own], value, partials[..own]);
            partials[own..].Clear();
        }

        public override string ToString() => narrow.ToString() ?? "";
    }
}
