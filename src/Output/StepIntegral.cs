namespace Cell3D.Output;

/// <summary>∫ y dt over time steps: within a step y follows the parabola through its ends and the start of the step before; behind a jump the line between its ends.</summary>
internal static class StepIntegral
{
    /// <summary>The integral over a step.</summary>
    /// <param name="from">y at its start.</param>
    /// <param name="to">y at its end.</param>
    /// <param name="width">Its length, not 0.</param>
    /// <param name="widthBefore">Length of the step before; 0 behind a jump.</param>
    /// <param name="slope">Of the step before; then of this one.</param>
    public static double Over(double from, double to, double width, double widthBefore, ref double slope)
    {
        double present = (to - from) / width, before = slope;
        slope = present;
        double bend = widthBefore > 0 ? (present - before) / (width + widthBefore) : 0;
        return ((from + to) / 2 * width) - (bend * width * width * width / 6);
    }
}
