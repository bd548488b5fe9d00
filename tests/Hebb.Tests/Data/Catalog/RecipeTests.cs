using Hebb.Data;

namespace Hebb.Tests.Data;

public sealed class RecipeTests
{
    [Fact]
    public void A_set_has_its_own_recipe_or_that_of_its_kind()
    {
        Recipe own = new("fc", 3, 5, "sgd", 0.1) { Balance = ClassBalance.Loss };
        Assert.Same(own, Recipe.For(DataCatalog.Load("xor") with { Recipe = own }));
        Assert.Equal("mlp", Recipe.For(DataCatalog.Load("xor")).Model);
        Assert.Equal(("lenet-bn", 6), (DataCatalog.Find("mnist")!.Recipe!.Model, DataCatalog.Find("mnist")!.Recipe!.Epochs));
        VectorDataset images = VectorDataset.OfClasses([1, 12, 12], new float[144], [0], "a"),
            small = VectorDataset.OfClasses([1, 4, 4], new float[16], [0], "a");
        Assert.Equal("lenet", Recipe.For(new DataBundle("images", images, images, images)).Model);
        Assert.StartsWith("conv3-32", Recipe.For(new DataBundle("small", small, small, small)).Model, StringComparison.Ordinal);
        Assert.Equal((60, 16), (Recipe.For(new DataBundle("images", images, images, images)).Epochs,
            Recipe.For(new DataBundle("images", images, images, images)).Batch));
        DataBundle shapes = DataCatalog.Load("shapes");
        Assert.Equal((8, 64), (Recipe.For(shapes).Epochs, Recipe.For(shapes).Batch));
        TextDataset texts = new(["a b", "b"], [0, 1], ["x", "y"], TextEncoding.Fit(["a b", "b"], [0, 1]));
        Assert.Equal("text-cnn", Recipe.For(new DataBundle("texts", texts, texts, texts)).Model);
    }
}
