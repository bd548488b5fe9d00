namespace Hebb.Cli.Tests;

public class WorkloadsTests
{
    /// <summary>The counts that bench/peers/torch_workloads.py prints: both sides train the same network.</summary>
    [Theory]
    [InlineData("xor_sgd", 17)]
    [InlineData("mlp_b1_sgd", 235_146)]
    [InlineData("mlp_b128_adam", 235_146)]
    [InlineData("deep_tanh_b64_adam", 83_850)]
    [InlineData("lenet_b64_sgdm", 61_706)]
    [InlineData("vgg_small_b32_adam", 412_682)]
    [InlineData("resnet14_b32_sgdm", 175_258)]
    [InlineData("mobilenet_b32_sgdm", 210_858)]
    [InlineData("mlp_mixer_b32_adam", 569_994)]
    [InlineData("vae_b128_adam", 652_824)]
    [InlineData("text_cnn_b64_adam", 2_458_502)]
    [InlineData("lstm_charlm_b32_t64", 876_929)]
    [InlineData("gru_charlm_b32_t64", 662_913)]
    [InlineData("rnn_charlm_b32_t64", 234_881)]
    [InlineData("bilstm_tagger_b32_t40", 739_889)]
    [InlineData("lstm_charlm_b1_t64_infer", 876_929)]
    [InlineData("mlp_b1_infer", 235_146)]
    [InlineData("lenet_b1_infer", 61_706)]
    [InlineData("lenet_b256_infer", 61_706)]
    [InlineData("resnet14_b1_infer", 175_258)]
    [InlineData("mobilenet_b1_infer", 210_858)]
    [InlineData("imagenet_table_b1_infer", 56_447_592)]
    public void NetworksHaveAsManyParametersAsThePeers(string name, long parameters) =>
        Assert.Equal(parameters, Workloads.Build(name, isCompiled: false)!.Parameters);

    [Theory]
    [InlineData("mobilenet_b32_sgdm", 32)]
    [InlineData("mlp_mixer_b32_adam", 32)]
    [InlineData("mobilenet_b1_infer", 1)]
    public void StepsRunEagerlyAndCompiled(string name, int items)
    {
        foreach (bool isCompiled in (bool[])[false, true])
        {
            Workload workload = Workloads.Build(name, isCompiled)!;
            Assert.Equal(items, workload.Items);
            for (int i = 0; i < 2; i++) workload.Step();
        }
    }
}
