// Stands in until the reduction and random kernels land; whoever lands Reduce or Philox deletes the type here.
#pragma warning disable
namespace Hebb.Kernels;
public static class Philox { public static void Permutation(ulong s,ulong t,ulong p,Span<int> o){} }
