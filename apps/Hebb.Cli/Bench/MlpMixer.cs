using Hebb.Layers;

namespace Hebb.Cli;

/// <summary>
/// Class scores of images [N, 3, 32, 32] (Tolstikhin et al., MLP-Mixer: An all-MLP Architecture for Vision, 2021):
/// patches of 4x4 pixels become 64 vectors of 128 channels, four blocks mix them,
/// and the mean of the normalized vectors goes through a dense layer to 10 classes.
/// </summary>
internal sealed class MlpMixer : Module
{
    private const int Channels = 128, Patches = 64, Blocks = 4;

    private readonly Conv2d _patch;
    private readonly Sequential _blocks;
    private readonly LayerNorm _norm;
    private readonly Linear _head;

    public MlpMixer()
    {
        Child(_patch = new Conv2d(3, Channels, kernel: 4, stride: 4));
        Child(_blocks = [.. Enumerable.Range(0, Blocks).Select(_ => new Block())]);
        Child(_norm = new LayerNorm(Channels));
        Child(_head = new Linear(Channels, 10));
    }

    protected override Tensor OnForward(Tensor x)
    {
        Tensor patches = _patch.Forward(x).Reshape(x.Shape[0], Channels, Patches).Transpose(1, 2);
        return _head.Forward(_norm.Forward(_blocks.Forward(patches)).Mean(1));
    }

    /// <summary>
    /// Two dense layers across the patches, then two across the channels, each pair after a layer norm and beside a shortcut.
    /// </summary>
    private sealed class Block : Module
    {
        private readonly LayerNorm _beforePatches, _beforeChannels;
        private readonly Sequential _acrossPatches, _acrossChannels;

        public Block()
        {
            Child(_beforePatches = new LayerNorm(Channels));
            Child(_acrossPatches = [new Linear(Patches, Patches), new Gelu(), new Linear(Patches, Patches)]);
            Child(_beforeChannels = new LayerNorm(Channels));
            Child(_acrossChannels = [new Linear(Channels, 4 * Channels), new Gelu(), new Linear(4 * Channels, Channels)]);
        }

        protected override Tensor OnForward(Tensor x)
        {
            Tensor mixed = x + _acrossPatches.Forward(_beforePatches.Forward(x).Transpose(1, 2)).Transpose(1, 2);
            return mixed + _acrossChannels.Forward(_beforeChannels.Forward(mixed));
        }
    }
}
