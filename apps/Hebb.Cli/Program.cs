using System.CommandLine;
using Hebb.Cli;

return await Tool.Run(args, Console.Out, Console.Error);
