// Stands in until the reduction and random kernels land; whoever lands Reduce or Philox deletes the type here.
#pragma warning disable
namespace Hebb.Kernels;
public interface IReduceLane {} public struct SumLane:IReduceLane{}
public static class Reduce { public static int At(in Loop l,int k,int i){ if(l.Operands==0) return i; int at=0; for(int a=l.Rank-1;a>=0;a--){ at+=(i%l.Sizes[a])*l.Step(k,a); i/=l.Sizes[a];} return at; }
 public static void Run<R,T>(R r,Dims ks,Dims kt,Dims rs,Dims rt,ReadOnlySpan<T> x,Span<T> y) where T:unmanaged { var ys=Dims.RowMajor(ks); var k=Loop.Of(ks,[kt,ys]); var q=Loop.Of(rs,[rt,Dims.RowMajor(rs)]); for(int i=0;i<k.Count;i++){ double s=0; for(int j=0;j<q.Count;j++) s+=Convert.ToDouble(x[At(k,0,i)+At(q,0,j)]); y[At(k,1,i)]=(T)Convert.ChangeType(s,typeof(T)); } } }
public static class Philox { public static void Permutation(ulong s,ulong t,ulong p,Span<int> o){} }
