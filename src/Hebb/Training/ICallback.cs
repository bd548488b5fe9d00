namespace Hebb.Training;

/// <summary>Something that looks at a training run after every epoch, and may stop it.</summary>
public interface ICallback
{
    /// <summary>
    /// Training begins. A callback that keeps something from epoch to epoch forgets it here, so that it can serve one training after
    /// another.
    /// </summary>
    void OnStart(TrainingState state) { }

    /// <summary>An epoch is over, its validation included.</summary>
    void OnEpoch(TrainingState state);

    /// <summary>Training is over, at its end, stopped or canceled.</summary>
    void OnEnd(TrainingState state) { }
}
