using System.Runtime.InteropServices;

namespace Hebb.Kernels;

// The number of rows of a tile, written as the size of a struct: the compiler knows it at once, so that a tile written for fourteen
// rows loses those above without a call that would have to be inlined first.

[StructLayout(LayoutKind.Sequential, Size = 1)]
internal struct Size1;

[StructLayout(LayoutKind.Sequential, Size = 2)]
internal struct Size2;

[StructLayout(LayoutKind.Sequential, Size = 3)]
internal struct Size3;

[StructLayout(LayoutKind.Sequential, Size = 4)]
internal struct Size4;

[StructLayout(LayoutKind.Sequential, Size = 5)]
internal struct Size5;

[StructLayout(LayoutKind.Sequential, Size = 6)]
internal struct Size6;

[StructLayout(LayoutKind.Sequential, Size = 7)]
internal struct Size7;

[StructLayout(LayoutKind.Sequential, Size = 8)]
internal struct Size8;

[StructLayout(LayoutKind.Sequential, Size = 9)]
internal struct Size9;

[StructLayout(LayoutKind.Sequential, Size = 10)]
internal struct Size10;

[StructLayout(LayoutKind.Sequential, Size = 11)]
internal struct Size11;

[StructLayout(LayoutKind.Sequential, Size = 12)]
internal struct Size12;

[StructLayout(LayoutKind.Sequential, Size = 13)]
internal struct Size13;

[StructLayout(LayoutKind.Sequential, Size = 14)]
internal struct Size14;
