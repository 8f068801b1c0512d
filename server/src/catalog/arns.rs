//! What ARNs name. A row says how the last part of an ARN begins; whatever has no row is just an ARN of its service.

use super::integrations::resource::PARTITIONS;

/// A sort of thing that has ARNs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    pub service: &'static str,
    /// What stands before the name, with its separator. Empty where the name stands alone.
    pub prefix: &'static str,
    pub title: &'static str,
}

/// A literal ARN, taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arn<'a> {
    pub partition: &'a str,
    pub service: &'a str,
    pub region: &'a str,
    pub account: &'a str,
    pub resource: &'a str,
    pub sort: Option<&'static Sort>,
    /// What the user called it: the resource without the prefix of its sort.
    pub name: &'a str,
}

/// Takes an ARN apart. None for what is none, or has a partition that nobody knows.
pub fn parse(text: &str) -> Option<Arn<'_>> {
    let mut parts = text.strip_prefix("arn:")?.splitn(5, ':');
    let (partition, service, region) = (parts.next()?, parts.next()?, parts.next()?);
    let (account, resource) = (parts.next()?, parts.next()?);
    let is_word = |it: &str| it.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-');
    let whole = PARTITIONS.contains(&partition)
        && !service.is_empty()
        && !resource.is_empty()
        && [service, region, account].into_iter().all(is_word)
        && !resource.contains(char::is_whitespace);
    if !whole {
        return None;
    }
    let fits = |it: &&Sort| it.service == service && resource.starts_with(it.prefix);
    let sort = SORTS.iter().filter(fits).find(|it| {
        // A name that stands alone holds no separator: what does is of a sort that has no row.
        !it.prefix.is_empty() || it.service == "s3" || !resource.contains([':', '/'])
    });
    let sort = sort.map(|it| if *it == BUCKET && resource.contains('/') { &OBJECT } else { it });
    let name = sort.map_or(resource, |it| &resource[it.prefix.len()..]);
    Some(Arn { partition, service, region, account, resource, sort, name })
}

static BUCKET: Sort = sort("s3", "", "S3 bucket");
static OBJECT: Sort = sort("s3", "", "S3 object");

const fn sort(service: &'static str, prefix: &'static str, title: &'static str) -> Sort {
    Sort { service, prefix, title }
}

/// The sorts that workflows name, by service.
pub static SORTS: &[Sort] = &[
    sort("athena", "workgroup/", "Athena workgroup"),
    sort("batch", "compute-environment/", "Batch compute environment"),
    sort("batch", "job-definition/", "Batch job definition"),
    sort("batch", "job-queue/", "Batch job queue"),
    sort("bedrock", "foundation-model/", "Bedrock foundation model"),
    sort("bedrock", "provisioned-model/", "Bedrock provisioned model"),
    sort("cloudwatch", "alarm:", "CloudWatch alarm"),
    sort("codebuild", "project/", "CodeBuild project"),
    sort("cognito-idp", "userpool/", "Cognito user pool"),
    sort("databrew", "job/", "DataBrew job"),
    sort("dynamodb", "table/", "DynamoDB table"),
    sort("ec2", "instance/", "EC2 instance"),
    sort("ec2", "security-group/", "EC2 security group"),
    sort("ec2", "subnet/", "EC2 subnet"),
    sort("ecr", "repository/", "ECR repository"),
    sort("ecs", "cluster/", "ECS cluster"),
    sort("ecs", "service/", "ECS service"),
    sort("ecs", "task-definition/", "ECS task definition"),
    sort("ecs", "task/", "ECS task"),
    sort("eks", "cluster/", "EKS cluster"),
    sort("elasticloadbalancing", "loadbalancer/", "load balancer"),
    sort("elasticloadbalancing", "targetgroup/", "target group"),
    sort("elasticmapreduce", "cluster/", "EMR cluster"),
    sort("emr-serverless", "/applications/", "EMR Serverless application"),
    sort("events", "api-destination/", "EventBridge API destination"),
    sort("events", "connection/", "EventBridge connection"),
    sort("events", "event-bus/", "EventBridge event bus"),
    sort("events", "rule/", "EventBridge rule"),
    sort("firehose", "deliverystream/", "Firehose stream"),
    sort("glue", "crawler/", "Glue crawler"),
    sort("glue", "database/", "Glue database"),
    sort("glue", "job/", "Glue job"),
    sort("glue", "table/", "Glue table"),
    sort("iam", "instance-profile/", "IAM instance profile"),
    sort("iam", "policy/", "IAM policy"),
    sort("iam", "role/", "IAM role"),
    sort("iam", "user/", "IAM user"),
    sort("kinesis", "stream/", "Kinesis stream"),
    sort("kms", "alias/", "alias of a KMS key"),
    sort("kms", "key/", "KMS key"),
    sort("lambda", "function:", "Lambda function"),
    sort("lambda", "layer:", "Lambda layer"),
    sort("logs", "log-group:", "CloudWatch log group"),
    sort("rds", "cluster:", "RDS cluster"),
    sort("rds", "db:", "RDS database"),
    BUCKET,
    sort("sagemaker", "endpoint-config/", "SageMaker endpoint configuration"),
    sort("sagemaker", "endpoint/", "SageMaker endpoint"),
    sort("sagemaker", "model/", "SageMaker model"),
    sort("sagemaker", "pipeline/", "SageMaker pipeline"),
    sort("sagemaker", "training-job/", "SageMaker training job"),
    sort("secretsmanager", "secret:", "secret of Secrets Manager"),
    sort("sns", "", "SNS topic"),
    sort("sqs", "", "SQS queue"),
    sort("ssm", "document/", "Systems Manager document"),
    sort("ssm", "parameter/", "parameter of Parameter Store"),
    sort("states", "activity:", "activity of Step Functions"),
    sort("states", "execution:", "execution of a state machine"),
    sort("states", "mapRun:", "Map Run"),
    sort("states", "stateMachine:", "state machine"),
    sort("transfer", "server/", "Transfer Family server"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arns_name_things() {
        let shown = |text: &str| {
            parse(text).map(|it| format!("{} {}", it.sort.map_or(it.service, |sort| sort.title), it.name))
        };
        for (text, expected) in [
            ("arn:aws:lambda:eu-west-1:111122223333:function:work:live", Some("Lambda function work:live")),
            ("arn:aws:s3:::bucket", Some("S3 bucket bucket")),
            ("arn:aws:s3:::bucket/a/b", Some("S3 object bucket/a/b")),
            ("arn:aws-cn:iam::111122223333:role/path/name", Some("IAM role path/name")),
            ("arn:aws:sns:eu-west-1:111122223333:topic", Some("SNS topic topic")),
            // A subscription.
            ("arn:aws:sns:eu-west-1:111122223333:topic:1234", Some("sns topic:1234")),
            ("arn:aws:nosuch:eu-west-1:111122223333:x/y", Some("nosuch x/y")),
            ("arn:aws:sqs:eu-west-1:111122223333:", None),
            ("arn:nowhere:sqs:eu-west-1:111122223333:q", None),
            ("arn:aws:sqs:${AWS::Region}:111122223333:q", None),
            ("arn:aws:sqs", None),
        ] {
            assert_eq!(shown(text).as_deref(), expected, "{text}");
        }
    }
}
