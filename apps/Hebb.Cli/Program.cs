using System.Globalization;
using Hebb.Cli;

// Numbers are read and printed alike everywhere.
CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
return await Tool.Run(args, Console.Out, Console.Error, Interruption.Watch());
