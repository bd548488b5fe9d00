// Classifies one image by a trained run: predict RUN IMAGE. It is published natively, without a JIT compiler.
using Hebb;
using Hebb.Data;
using Hebb.Files;
using Hebb.Models;
using Hebb.Training;

if (args is not [string run, string path])
{
    Console.Error.WriteLine("predict takes a run folder that 'hebb train' wrote, and an image (PNG): predict RUN IMAGE");
    return 2;
}
try
{
    TrainedModel trained = TrainedModel.Read(run, ReadyModels.Build);
    ImageEncoding images = trained.Images ?? throw new FormatException($"'{run}' was not trained on images; name a run that was.");
    float[] input = new float[images.Shape.Count];
    images.Encode(Png.Read(path), input);
    Tensor probabilities = trained.Predict(Tensor.From(input, images.Shape.Insert(0, 1)));
    int best = (int)probabilities.ArgMax(1).Item();
    Console.WriteLine(FormattableString.Invariant($"{trained.Description.Names[best]} {probabilities[0, best].Item():0.0000}"));
    return 0;
}
catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException or ArgumentException)
{
    Console.Error.WriteLine($"predict: {error.Message}");
    return 1;
}
