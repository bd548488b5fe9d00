using Hebb.Data;

namespace Hebb.Tests.Data;

public sealed class KnownTextsTests
{
    [Fact]
    public void Film_reviews_have_their_counts_and_a_vocabulary_of_the_training_part()
    {
        DataBundle reviews = RealData.Load("rt-polarity");
        Assert.Equal((6_824, 1_706, 2_132), (reviews.Train.Count, reviews.Validation.Count, reviews.Test.Count));
        Assert.Equal(["negative", "positive"], reviews.Target.Names);
        long[] classes = reviews.Test.Read<long>(Field.TargetName);
        Assert.Equal(1_066, classes.Sum());
        Assert.InRange(reviews.InputShape[0], 45, 50);
        Assert.InRange(reviews.TokenCount!.Value, 15_000, 20_000); // all 10,662 sentences have 21,425 words
        Assert.NotEqual(reviews.Texts!.Vocabulary.Words, RealData.Load("rt-polarity", splitSeed: 1).Texts!.Vocabulary.Words);
    }
}
