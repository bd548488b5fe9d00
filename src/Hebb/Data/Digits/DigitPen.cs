namespace Hebb.Data;

/// <summary>
/// Draws segments with a round pen whose edge is soft: each pixel keeps how deep its center lies inside the ink, the greatest depth of all
/// segments counts, and the edge of one to two pixels turns depth into gray. So strokes may cross without becoming brighter.
/// </summary>
internal readonly ref struct DigitPen
{
    private const int Size = StrokeDigits.Size;
    private const float Outside = -1e9f;

    private readonly Span<float> _depth;
    private readonly float _edge;

    /// <param name="depth">Working memory for one pixel each.</param>
    /// <param name="edge">The width of the soft edge in pixels.</param>
    public DigitPen(Span<float> depth, double edge)
    {
        _depth = depth;
        _edge = (float)edge;
        depth.Fill(Outside);
    }

    /// <summary>A segment between two points (pixel centers are whole numbers) with a radius at each end.</summary>
    public void Draw(double fromX, double fromY, double fromRadius, double toX, double toY, double toRadius)
    {
        double reach = Math.Max(fromRadius, toRadius) + _edge;
        int left = Clamp(Math.Min(fromX, toX) - reach), right = Clamp(Math.Max(fromX, toX) + reach + 1);
        int top = Clamp(Math.Min(fromY, toY) - reach), bottom = Clamp(Math.Max(fromY, toY) + reach + 1);
        float dx = (float)(toX - fromX), dy = (float)(toY - fromY), dr = (float)(toRadius - fromRadius);
        float scale = 1 / Math.Max(dx * dx + dy * dy, 1e-12f);
        for (int y = top; y <= bottom; y++)
        {
            for (int x = left; x <= right; x++)
            {
                float px = x - (float)fromX, py = y - (float)fromY;
                float t = Math.Clamp((px * dx + py * dy) * scale, 0, 1);
                float ox = px - t * dx, oy = py - t * dy;
                float depth = (float)fromRadius + t * dr - MathF.Sqrt(ox * ox + oy * oy);
                ref float deepest = ref _depth[y * Size + x];
                if (depth > deepest) deepest = depth;
            }
        }
    }

    /// <summary>The gray of a pixel, 0 outside the ink to 1 inside.</summary>
    public float Ink(int pixel) => Math.Clamp(0.5f + _depth[pixel] / _edge, 0, 1);

    private static int Clamp(double at) => (int)Math.Clamp(at, 0, Size - 1);
}
