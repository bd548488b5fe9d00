using Hebb.Testing;

namespace Hebb.Kernels.Tests;

[Collection("lanes")]
public sealed class TeamTests : IDisposable
{
    private readonly int _threads = Team.Threads;

    public void Dispose() => Team.Threads = _threads;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void EveryChunkIsDoneOnce(int threads)
    {
        Team.Threads = threads;
        foreach (int chunks in new[] { 0, 1, 2, 3, 17, 1000 })
        {
            var job = new Count { Hits = new int[chunks] };
            Team.Run(chunks, ref job);
            Assert.All(job.Hits, hits => Assert.Equal(1, hits));
        }
    }

    [Fact]
    public void ManyShortJobsOfTwoTypesKeepApart()
    {
        Team.Threads = 4;
        var hits = new int[7];
        long sum = 0;
        for (int i = 0; i < 20000; i++)
        {
            var count = new Count { Hits = hits };
            Team.Run(hits.Length, ref count);
            var add = new Add { Term = i };
            Team.Run(3, ref add);
            sum += add.Sum;
        }
        Assert.All(hits, h => Assert.Equal(20000, h));
        Assert.Equal(3L * 20000 * 19999 / 2, sum);
    }

    [Fact]
    public void HelpersTakePart()
    {
        Team.Threads = 2;
        var job = new Meet { Arrived = new int[1] };
        Team.Run(2, ref job);
        Assert.Equal(2, job.Arrived[0]);
    }

    [Fact]
    public void HelpersTakePartAfterTheyHaveParked()
    {
        HelpersTakePart();
        Thread.Sleep(300);
        HelpersTakePart();
    }

    [Fact]
    public void OneThreadRunsInOrderOnTheCaller()
    {
        Team.Threads = 1;
        var job = new Order { Chunks = [], Threads = [] };
        Team.Run(5, ref job);
        Assert.Equal([0, 1, 2, 3, 4], job.Chunks);
        Assert.All(job.Threads, id => Assert.Equal(Environment.CurrentManagedThreadId, id));
    }

    [Fact]
    public void NestedCallsRunInline()
    {
        Team.Threads = 3;
        var job = new Nested { Hits = new int[6] };
        Team.Run(6, ref job);
        Assert.All(job.Hits, hits => Assert.Equal(10, hits));
    }

    [Fact]
    public void ConcurrentCallsAllFinish()
    {
        Team.Threads = 3;
        var callers = Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            for (int i = 0; i < 2000; i++)
            {
                var job = new Add { Term = 1 };
                Team.Run(11, ref job);
                Assert.Equal(11, job.Sum);
            }
        })).ToList();
        callers.ForEach(c => c.Start());
        Assert.All(callers, c => Assert.True(c.Join(TimeSpan.FromMinutes(1))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void AnExceptionSurfacesAtTheCallerAndTheTeamGoesOn(int threads)
    {
        Team.Threads = threads;
        for (int i = 0; i < 100; i++)
        {
            var job = new Fail { At = i % 8 };
            var exception = Assert.Throws<InvalidOperationException>(() => Team.Run(8, ref job));
            Assert.Equal($"chunk {i % 8}", exception.Message);
        }
        EveryChunkIsDoneOnce(threads);
    }

    [Fact]
    public void AnInterruptedCallerStillWaitsForItsChunks()
    {
        Team.Threads = 2;
        bool finished = false, interrupted = false;
        var caller = new Thread(() =>
        {
            var job = new Slow { Done = new int[2] };
            Team.Run(2, ref job);
            finished = job.Done is [1, 1];
            try { Thread.Sleep(0); }
            catch (ThreadInterruptedException) { interrupted = true; }
        });
        caller.Start();
        Thread.Sleep(50);
        caller.Interrupt();
        caller.Join();
        Assert.True(finished && interrupted);
    }

    [Fact]
    public void ACallAllocatesNothing()
    {
        Team.Threads = 2;
        var hits = new int[16];
        Calls();
        Assert.Equal(0, Allocations.OfAllThreads(Calls));

        void Calls()
        {
            for (int i = 0; i < 100; i++)
            {
                var job = new Count { Hits = hits };
                Team.Run(16, ref job);
            }
        }
    }

    [Fact]
    public void BadNumbersAreRefused()
    {
        Assert.Throws<ArgumentException>(() => Team.Threads = 0);
        Assert.Throws<ArgumentException>(() => Team.Threads = Team.MaxThreads + 1);
        var job = new Add();
        Assert.Throws<ArgumentOutOfRangeException>(() => Team.Run(-1, ref job));
        Assert.Equal(3, Team.Choose("3"));
        Assert.InRange(Team.Choose(null), 1, Team.MaxThreads);
        foreach (string bad in new[] { "0", "-1", "two", "1e3", "99999" })
            Assert.Contains($"HEBB_THREADS is '{bad}'", Assert.Throws<ArgumentException>(() => Team.Choose(bad)).Message);
    }

    private struct Count : IJob
    {
        public int[] Hits;
        public void Run(int chunk) => Interlocked.Increment(ref Hits[chunk]);
    }

    private struct Add : IJob
    {
        public long Term, Sum;
        public void Run(int chunk) => Interlocked.Add(ref Sum, Term);
    }

    /// <summary>Two chunks that end only when both have begun.</summary>
    private struct Meet : IJob
    {
        public int[] Arrived;
        public void Run(int chunk)
        {
            Interlocked.Increment(ref Arrived[0]);
            SpinWait.SpinUntil(Both, TimeSpan.FromSeconds(30));
        }

        private readonly bool Both() => Volatile.Read(ref Arrived[0]) == 2;
    }

    private struct Order : IJob
    {
        public List<int> Chunks, Threads;
        public void Run(int chunk)
        {
            Chunks.Add(chunk);
            Threads.Add(Environment.CurrentManagedThreadId);
        }
    }

    private struct Nested : IJob
    {
        public int[] Hits;
        public void Run(int chunk)
        {
            var inner = new Add { Term = 1 };
            Team.Run(10, ref inner);
            Hits[chunk] += (int)inner.Sum;
        }
    }

    private struct Fail : IJob
    {
        public int At;
        public void Run(int chunk)
        {
            if (chunk == At) throw new InvalidOperationException($"chunk {chunk}");
        }
    }

    private struct Slow : IJob
    {
        public int[] Done;
        public void Run(int chunk)
        {
            for (long until = Environment.TickCount64 + 200; Environment.TickCount64 < until;) Thread.SpinWait(100);
            Done[chunk]++;
        }
    }
}
