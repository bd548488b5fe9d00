using System.Globalization;
using Hebb.Cli;

// Numbers are read and printed alike everywhere.
CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
Console.SetOut(StandardWriter.ForOutput());
Console.SetError(StandardWriter.ForErrors());
return await Tool.Run(args, Console.Out, Console.Error, Interruption.Watch());
