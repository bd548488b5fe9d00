using Hebb.Cli;
using System.CommandLine;

return await Tool.Run(args, Console.Out, Console.Error);
