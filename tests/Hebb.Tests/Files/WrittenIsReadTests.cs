using Hebb.Data;
using Hebb.Files;
using Hebb.Layers;
using Hebb.Models;
using Hebb.Training;

namespace Hebb.Tests.Files;

/// <summary>Whatever a writer accepts, its reader gives back; the rest is refused before a file is replaced.</summary>
public sealed class WrittenIsReadTests
{
    /// <summary>Texts that files mix up or cannot hold, beside plain ones.</summary>
    private static readonly string?[] s_texts =
        ["a", "b", "", "__metadata__", "\ud800", "\ud801", "\udc00\ud800", "x\ud83d", "\ud83d\ude00", "é", "e\u0301", "\0", "\n", "\"\\",
            "\ufffd", "\ufeff", "../a", "a.npy", null];

    private const int Rounds = 400;

    [Fact]
    public void Safetensors_are_read_as_written_or_refused() => Check(
        (stream, arrays, random) =>
        {
            KeyValuePair<string, string>[] notes =
                [.. Enumerable.Range(0, random.Next(3)).Select(_ => KeyValuePair.Create(Text(random)!, Text(random)!))];
            Safetensors.Write(stream, arrays, notes);
            stream.Position = 0;
            SafetensorsContent read = Safetensors.Read(stream, "x");
            Assert.Equal(notes.ToDictionary().OrderBy(note => note.Key, StringComparer.Ordinal), read.Metadata);
            return read.Arrays;
        });

    [Theory, InlineData(false), InlineData(true)]
    public void Npz_is_read_as_written_or_refused(bool isPacked) => Check(
        (stream, arrays, _) =>
        {
            Npz.Write(stream, arrays, isPacked);
            stream.Position = 0;
            return Npz.Read(stream, "x");
        });

    [Fact]
    public void Npy_and_idx_are_read_as_written_or_refused()
    {
        Check((stream, arrays, _) => One(stream, arrays, Npy.Write, stream => Npy.Read(stream, "x")));
        Check((stream, arrays, _) => One(stream, arrays, Idx.Write, stream => Idx.Read(stream, "x")));

        static Dictionary<string, TypedArray> One(
            MemoryStream stream, KeyValuePair<string, TypedArray>[] arrays, Action<Stream, TypedArray> write, Func<Stream, TypedArray> read)
        {
            Dictionary<string, TypedArray> found = [];
            foreach ((string name, TypedArray array) in arrays.DistinctBy(pair => pair.Key))
            {
                if (name is null) throw new ArgumentException("An array without a name was made by the test.");
                stream.SetLength(0);
                write(stream, array);
                stream.Position = 0;
                found[name] = read(stream);
            }
            return found;
        }
    }

    [Fact]
    public void Kept_encodings_are_read_as_written_or_refused()
    {
        Random random = new(5);
        int kept = 0, refused = 0;
        for (int round = 0; round < Rounds; round++)
        {
            string?[] words = [Text(random), Text(random)];
            TableColumn column = new(Text(random)!, random.Next(3), random.Next(2) == 0, random.Next(3) == 0 ? double.NaN : 1, words!,
                MissingIsCategory: false, ZeroIsMissing: false);
            TableSchema schema = new(
                [column], column with { Name = "y", IsNumeric = false, Fill = 0 }, "", 2, Scaler.Identity(random.Next(2)), null);
            ImageEncoding images = new(random.Next(4), random.Next(3), 2, random.Next(300), Scaler.Identity(random.Next(4)));
            Same(() => schema, schema => schema.ToJson(), TableSchema.FromJson);
            Same(() => images, images => images.ToJson(), ImageEncoding.FromJson);
            Same(() => new TextEncoding(new WordTokenizer(), new Vocabulary(words!, hasPadding: true), 3).ToJson(), json => json,
                json => TextEncoding.FromJson(json).ToJson());
        }
        Assert.True(kept > 20 && refused > 20, $"{kept} {refused}");

        void Same<T>(Func<T> make, Func<T, string> write, Func<string, T> read)
        {
            T value;
            string json;
            try
            {
                json = write(value = make());
            }
            catch (Exception error) when (error is ArgumentException or InvalidOperationException or System.Text.Json.JsonException)
            {
                refused++;
                return;
            }
            Assert.Equal(value, read(json));
            kept++;
        }
    }

    [Theory, InlineData(false), InlineData(true)]
    public void A_run_that_could_not_be_read_leaves_the_one_that_was_there(bool isNull)
    {
        string? name = isNull ? null : "\ud800";
        using TestFolder folder = new();
        Module model = ReadyModels.Build("mlp", [2], 2);
        RunDescription good = new() { Version = "1", Data = "x", Model = "mlp", InputShape = [2], Names = ["a", "b"] };
        RunFolder.Write(folder["run"], model, good, []);
        Assert.ThrowsAny<ArgumentException>(() => RunFolder.Write(folder["run"], model, good with { Names = ["a", name!] }, []));
        Assert.ThrowsAny<ArgumentException>(() => RunFolder.Write(
            folder["run"], model, good with { Results = new Dictionary<string, double> { ["\ud800"] = 1 } }, []));
        Assert.Equal(["a", "b"], RunFolder.Read(folder["run"], _ => ReadyModels.Build("mlp", [2], 2)).Description.Names);
    }

    [Fact]
    public void A_model_is_not_saved_with_notes_that_make_it_unreadable()
    {
        using TestFolder folder = new();
        Linear model = new(2, 2);
        model.Save(folder["m"]);
        byte[] before = File.ReadAllBytes(folder["m"]);
        foreach (KeyValuePair<string, string>[] notes in (KeyValuePair<string, string>[][])
            [[new("n", "1"), new("n", "2")], [new("n", null!)], [new("\ud800", "1")], [new("n", "\udc00")]])
            Assert.ThrowsAny<ArgumentException>(() => model.Save(folder["m"], notes));
        Assert.Equal(before, File.ReadAllBytes(folder["m"]));
        model.Load(folder["m"]);
    }

    private static void Check(
        Func<MemoryStream, KeyValuePair<string, TypedArray>[], Random, IReadOnlyDictionary<string, TypedArray>> writeAndRead)
    {
        Random random = new(3);
        int kept = 0, refused = 0;
        for (int round = 0; round < Rounds; round++)
        {
            KeyValuePair<string, TypedArray>[] arrays =
                [.. Enumerable.Range(0, random.Next(4)).Select(_ => KeyValuePair.Create(Text(random)!, Array(random)))];
            IReadOnlyDictionary<string, TypedArray> read;
            try
            {
                read = writeAndRead(new MemoryStream(), arrays, random);
            }
            catch (ArgumentException)
            {
                refused++;
                continue;
            }
            Assert.Equal(arrays.DistinctBy(pair => pair.Key).Count(), read.Count);
            foreach ((string name, TypedArray array) in arrays.DistinctBy(pair => pair.Key))
            {
                Assert.Equal(array.ToString(), read[name].ToString());
                Assert.Equal(array.Bytes.ToArray(), read[name].Bytes.ToArray());
            }
            kept++;
        }
        Assert.True(kept > 20 && refused > 20, $"{kept} {refused}");
    }

    private static string? Text(Random random) => random.Next(3) == 0 ? $"n{random.Next(1000)}" : s_texts[random.Next(s_texts.Length)];

    private static TypedArray Array(Random random)
    {
        int[] shape = [.. Enumerable.Range(0, random.Next(8) == 0 ? random.Next(30, 36) : random.Next(4)).Select(_ => 1)];
        if (shape.Length is > 0 and < 5) shape[^1] = random.Next(4);
        int count = shape.Aggregate(1, (a, b) => a * b);
        return random.Next(6) switch
        {
            0 => TypedArray.From(new bool[count], shape),
            1 => TypedArray.From(new byte[count], shape),
            2 => TypedArray.From(new long[count], shape),
            3 => TypedArray.From(new double[count], shape),
            _ => TypedArray.From(new float[count], shape),
        };
    }
}
